import { defineMessages } from '../define.js';

export const standardMessages = defineMessages({
  STANDARD_SCHEMA_INVALID: {
    zh: '标准模式文件 {file} 有误:{problem}',
    en: 'The schema file {file} is wrong: {problem}',
    cure: {
      zh: '按同目录其他文件的写法改正后重新运行 npm run generate',
      en: 'Correct it after the manner of its neighbours and run npm run generate again',
    },
  },
  STANDARD_LEVEL_MISSING: {
    zh: '{file} 的字段 {field} 没有级别(x-level 1–4)',
    en: 'Field {field} of {file} has no level (x-level 1 to 4)',
    cure: {
      zh: '为该字段写明 x-level:1 公开、2 内部、3 个人信息、4 敏感个人信息',
      en: 'State x-level: 1 public, 2 internal, 3 personal, 4 sensitive personal',
    },
  },
  STANDARD_STEWARD_MISSING: {
    zh: '{file} 的字段 {field} 没有数源单位(x-steward)',
    en: 'Field {field} of {file} has no steward (x-steward)',
    cure: {
      zh: '写明 x-steward,按权威先后排列:police、civil-affairs、telecom、property',
      en: 'State x-steward in order of authority: police, civil-affairs, telecom, property',
    },
  },
  STANDARD_CODE_LIST_INVALID: {
    zh: '代码表 {file} 有误:{problem}',
    en: 'The code list {file} is wrong: {problem}',
    cure: {
      zh: '对照标准原文改正;代码与名称均不得重复,条数须等于 count',
      en: 'Correct it against the standard; codes and names are unique and their number equals count',
    },
  },
  STANDARD_CODE_LIST_UNKNOWN: {
    zh: '没有名为 {list} 的代码表',
    en: 'There is no code list named {list}',
    cure: { zh: '在 schemas/codes 中加入该表,或改正名称', en: 'Add it below schemas/codes or correct the name' },
  },
  STANDARD_CHANGE_DESTRUCTIVE: {
    zh: '拒绝生成迁移:{table}.{column} 将由 {old} 变为 {now},会丢失已有数据',
    en: 'No migration is made: {table}.{column} would change from {old} to {now}, which loses stored data',
    cure: {
      zh: '标准 v1 只增不减:保留该列并新增一个字段,或开新版本目录 schemas/standard/v2',
      en: 'Version 1 only grows: keep the column and add a new field, or begin schemas/standard/v2',
    },
  },
  STANDARD_GENERATED_STALE: {
    zh: '生成文件与 schemas 不一致:{files}',
    en: 'Generated files differ from schemas: {files}',
    cure: { zh: '运行 npm run generate 并提交结果', en: 'Run npm run generate and commit the result' },
  },
  STANDARD_NORMALISER_ARGUMENT: {
    zh: '规范化函数 {normaliser} 的参数 {argument} 有误',
    en: 'Argument {argument} of normaliser {normaliser} is wrong',
    cure: { zh: '改用该函数说明中列出的参数', en: 'Use one of the arguments listed with the normaliser' },
  },
});
