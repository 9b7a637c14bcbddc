import { defineMessages } from '../define.js';

export const linkMessages = defineMessages({
  LINK_TRUTH_UNREADABLE: {
    zh: '真值文件 {file} 第 {row} 行无法读取',
    en: 'The truth file {file} cannot be read at line {row}',
    cure: {
      zh: '文件每行一个人的 JSON,含 records:[{source,key}];演示镇可用 isthmus town truth --json 生成',
      en: 'One person a line as JSON with records:[{source,key}]; the demo town prints such a file with: isthmus town truth --json',
    },
  },
});
