import { defineMessages } from '../define.js';

export const kernelMessages = defineMessages({
  INTERNAL: {
    zh: '内部错误',
    en: 'Internal error',
    cure: {
      zh: '把请求编号告诉运维人员,由其查日志',
      en: 'Give the request id to the operator, who can look it up in the log',
    },
  },
});
