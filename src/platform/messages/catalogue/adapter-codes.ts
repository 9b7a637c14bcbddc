import { defineMessages } from '../define.js';

/** What is wrong with a mapping's code tables. */
export const codeTableMessages = defineMessages({
  MAPPING_CODES_MISSING: {
    zh: '代码字段 {field} 须写明代码表（标准代码集为 {list}）。',
    en: 'The coded field {field} needs a code table (the standard list is {list}).',
    cure: {
      zh: '来源与标准一致时写 codes: {list}；否则在 codes 下建表。',
      en: "Write codes: {list} when the source uses the standard's codes; else make a table under codes.",
    },
  },
  MAPPING_CODES_MISPLACED: {
    zh: '字段 {field} 的类型是 {type}，不能用代码表。',
    en: 'The field {field} is {type} and takes no code table.',
    cure: {
      zh: '去掉 codes，改用 as。',
      en: 'Remove codes and use as.',
    },
  },
  MAPPING_CODES_UNKNOWN: {
    zh: '没有名为 {name} 的代码表或标准代码集。',
    en: 'There is no code table or standard list {name}.',
    cure: {
      zh: '更正名称，或在 codes 下建表。',
      en: 'Correct the name, or make the table under codes.',
    },
  },
  MAPPING_CODES_WRONG_LIST: {
    zh: '字段 {field} 属于代码集 {list}，表属于 {given}。',
    en: 'The field {field} belongs to list {list}, the table to {given}.',
    cure: {
      zh: '换成属于 {list} 的表。',
      en: 'Take a table of list {list}.',
    },
  },
  MAPPING_CODES_SHADOW: {
    zh: '代码表 {name} 与标准代码集同名。',
    en: 'The code table {name} has the name of a standard list.',
    cure: {
      zh: '给自己的表换一个名字。',
      en: 'Give your table another name.',
    },
  },
  MAPPING_CODES_EMPTY: {
    zh: '代码表没有内容。',
    en: 'The code table is empty.',
    cure: {
      zh: '写 map 或 contains。',
      en: 'Fill map or contains.',
    },
  },
  MAPPING_CODE_LIST_UNKNOWN: {
    zh: '标准中没有代码集 {list}。',
    en: 'The standard has no code list {list}.',
    cure: {
      zh: '在 schemas/codes 中查找正确的名称。',
      en: 'Find its name in schemas/codes.',
    },
  },
  MAPPING_CODE_NOT_IN_LIST: {
    zh: '代码 {code} 不在标准代码集 {list} 中。',
    en: 'The code {code} is not in the standard list {list}.',
    cure: {
      zh: '改成 schemas/codes 中该代码集的代码。',
      en: 'Use a code of that list in schemas/codes.',
    },
  },
});
