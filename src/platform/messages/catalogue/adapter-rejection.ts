import { defineMessages } from '../define.js';

/** Why a source record is rejected. */
export const rejectionMessages = defineMessages({
  MAPPING_NOT_A_RECORD: {
    zh: '来源给出的不是一条记录。',
    en: 'What the source delivered is not a record.',
    cure: {
      zh: '检查连接器的记录路径设置。',
      en: "Check the connector's path to the records.",
    },
  },
  MAPPING_KEY_MISSING: {
    zh: '记录没有可读的主键。',
    en: 'The record has no readable key.',
    cure: {
      zh: '请来源补上主键；主键不可读的记录会阻止本次删除清理。',
      en: "Ask the source to fill the key; such records hold back this run's deletions.",
    },
  },
  MAPPING_NO_PRIMARY: {
    zh: '没有一个主记录的条件成立，或不止一个成立。',
    en: "No primary record's condition holds, or more than one does.",
    cure: {
      zh: '检查主记录的 when，或用 skipWhen 说明为何跳过。',
      en: "Check the primary records' when, or skip such records with a reason.",
    },
  },
  MAPPING_VALIDITY_MISSING: {
    zh: '版本行没有生效时间。',
    en: 'The version row has no begin of validity.',
    cure: {
      zh: '请来源补上；没有生效时间无法判断哪一行现行。',
      en: 'Ask the source to fill it; without it nobody can tell which row holds.',
    },
  },
  MAPPING_UNKNOWN_CODE: {
    zh: '代码不在代码表中。',
    en: 'The code is not in the code table.',
    cure: {
      zh: '核对来源的字典；确认含义后把代码加入 mapping.yaml 并升级版本。绝不默认取值。',
      en: "Look it up in the source's dictionary; once its meaning is sure, add it to mapping.yaml and raise the version. It is never defaulted.",
    },
  },
  MAPPING_INVALID_VALUE: {
    zh: '值不可读（{reason}）。',
    en: 'The value cannot be read ({reason}).',
    cure: {
      zh: '请来源更正；若是固定的占位写法，在 manifest.yaml 的 placeholders 中声明。',
      en: 'Ask the source to correct it; if it is a fixed stand-in, declare it under placeholders in manifest.yaml.',
    },
  },
  MAPPING_NOT_SCALAR: {
    zh: '此处应是单个值，实为列表或对象。',
    en: 'A single value was expected, found a list or an object.',
    cure: {
      zh: '把路径写到具体的值，例如 list[0].value。',
      en: 'Extend the path to the value, for example list[0].value.',
    },
  },
  MAPPING_OUT_OF_STANDARD: {
    zh: '值不符合标准（{reason}）。',
    en: 'The value is out of the standard ({reason}).',
    cure: {
      zh: '检查映射是否取错了列；长度和形式见 schemas/README.md。',
      en: 'Check that the mapping reads the right column; lengths and shapes are in schemas/README.md.',
    },
  },
});
