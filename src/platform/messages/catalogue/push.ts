import { defineMessages } from '../define.js';

export const pushMessages = defineMessages({
  PUSH_SIGNATURE: {
    zh: '推送的签名不正确或缺失',
    en: 'The signature of the push is wrong or missing',
    cure: {
      zh: '核对双方的密钥,并对原样发送的字节签名(见 README 的“推送”)',
      en: 'Compare the secrets of both sides, and sign the bytes exactly as they are sent (README, Push)',
    },
  },
  PUSH_TIMESTAMP: {
    zh: '推送签名中的时间与网关相差超过 {limit} 秒',
    en: 'The time signed with the push is more than {limit} s from the clock of the gateway',
    cure: {
      zh: '校准双方时钟(NTP),重发时重新签名',
      en: 'Set the clocks right (NTP), and sign anew when sending again',
    },
  },
  PUSH_EVENT: {
    zh: '推送的内容不合规:{problem}',
    en: 'The push is not well formed: {problem}',
    cure: {
      zh: '按 CloudEvents 1.0(JSON)或该适配器声明的报文形式发送',
      en: 'Send CloudEvents 1.0 in JSON, or the form that the adapter declares',
    },
  },
  PUSH_UNKNOWN: {
    zh: '没有接收推送的这个数据流',
    en: 'There is no such stream that takes pushes',
    cure: {
      zh: '地址为 POST /push/<数据源>/<数据流>;npx --no-install isthmus source status 列出全部',
      en: 'The address is POST /push/<source>/<stream>; npx --no-install isthmus source status lists them',
    },
  },
  PUSH_METHOD: {
    zh: '此地址只接受 POST',
    en: 'This address takes POST only',
    cure: { zh: '用 POST 发送', en: 'Send it with POST' },
  },
  PUSH_SIZE: {
    zh: '一次推送超过 {limit} 字节',
    en: 'The push is larger than {limit} bytes',
    cure: { zh: '分成几次发送', en: 'Send it in several parts' },
  },
  PUSH_ENCODING: {
    zh: '推送的内容被压缩,网关不接受',
    en: 'The push is compressed, which is not accepted',
    cure: { zh: '不压缩发送', en: 'Send it uncompressed' },
  },
  PUSH_RATE: {
    zh: '推送过快',
    en: 'Pushes come too fast',
    cure: { zh: '按 Retry-After 等待后重发;可改用批量', en: 'Wait for Retry-After and send again; batches help' },
  },
  PUSH_STOPPED: {
    zh: '数据源已被暂停,暂不接收推送',
    en: 'The source is suspended and takes no pushes for now',
    cure: { zh: '恢复后重发', en: 'Send it again when the source is back' },
  },
  PUSH_BACKLOG: {
    zh: '已有太多推送等待处理',
    en: 'Too many pushes wait to be taken',
    cure: { zh: '按 Retry-After 等待后重发', en: 'Wait for Retry-After and send again' },
  },
  PUSH_UNAVAILABLE: {
    zh: '推送暂时无法入库,没有收下',
    en: 'The push cannot be stored for now and was not accepted',
    cure: { zh: '稍后重发同一事件', en: 'Send the same event again later' },
  },
  PUSH_TAKEN: {
    zh: '待处理的推送已被别的进程取走,本页作废',
    en: 'Waiting pushes were taken by somebody else; this page is void',
    cure: { zh: '无需处理,会自动重试', en: 'Nothing to do: it is tried again' },
  },
});
