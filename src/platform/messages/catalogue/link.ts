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
  LINK_UNKNOWN: {
    zh: '该居民名下没有这条关联',
    en: 'The resident has no such link',
    cure: {
      zh: '用 isthmus link show <居民编号> 查看其关联',
      en: 'See the links of a resident with: isthmus link show <resident>',
    },
  },
  LINK_ONLY_ONE: {
    zh: '该居民只有这一条记录,没有可撤销的关联',
    en: 'The resident consists of this one record: there is no link to undo',
    cure: { zh: '无需处理', en: 'Nothing is to be done' },
  },
  LINK_REASON_UNFIT: {
    zh: '理由为空、超过 {limit} 字,或含有证件号码',
    en: 'The reason is empty, over {limit} characters, or holds an identity number',
    cure: {
      zh: '用一句话写明依据(如卷宗编号),不写姓名和号码',
      en: 'Say in a sentence what it rests on (a file reference), without names or numbers',
    },
  },
  REVIEW_UNKNOWN: {
    zh: '没有这个复核事项',
    en: 'There is no such review item',
    cure: { zh: '用 isthmus link review list 查看', en: 'See them with: isthmus link review list' },
  },
  REVIEW_CLOSED: {
    zh: '该复核事项已随记录变化而消失,无需裁决',
    en: 'The doubt is gone, because the records changed: there is nothing to decide',
    cure: {
      zh: '用 isthmus link review list 查看仍待裁决的事项',
      en: 'See what is open with: isthmus link review list',
    },
  },
  REVIEW_ONE_RECORD: {
    zh: '疑问出在一条记录之内,这里不能把一条记录拆成两人',
    en: 'The doubt is within one record, and one record cannot be made two people here',
    cure: {
      zh: '请数源单位更正;若确为同一人,裁决 SAME;无法判断,裁决 UNCLEAR',
      en: 'Have the source correct it; decide SAME if it is one person, UNCLEAR if it cannot be told',
    },
  },
});
