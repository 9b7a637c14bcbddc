import { defineMessages } from '../define.js';

/** What the conformance exam says about an adapter. */
export const examMessages = defineMessages({
  EXAM_PASS: {
    zh: '符合。',
    en: 'Conforms.',
    cure: {
      zh: '无需处理。',
      en: 'Nothing to do.',
    },
  },
  EXAM_NOT_APPLICABLE: {
    zh: '不适用于该适配器。',
    en: 'Does not apply to this adapter.',
    cure: {
      zh: '无需处理。',
      en: 'Nothing to do.',
    },
  },
  EXAM_NOT_RUN: {
    zh: '未检验：{because} 尚未通过。',
    en: 'Not examined: {because} has not passed.',
    cure: {
      zh: '先解决 {because}。',
      en: 'Solve {because} first.',
    },
  },
  EXAM_A01: {
    zh: '清单或映射无效（{what}）。',
    en: 'Manifest or mapping is not valid ({what}).',
    cure: {
      zh: '按所列位置逐条修正；结构见 schemas/adapter。',
      en: 'Correct each listed place; schemas/adapter describes the structure.',
    },
  },
  EXAM_A02: {
    zh: '数据源正常，检查却未通过（{what}）。',
    en: 'The source is healthy, but its check does not pass ({what}).',
    cure: {
      zh: '对照协议修正清单中的连接参数；check 不得抛出异常。',
      en: "Correct the manifest's connection parameters; a check must not throw.",
    },
  },
  EXAM_A03: {
    zh: '凭据被拒绝时没有得到明确的结果（{what}）。',
    en: 'A refused credential is not reported as such ({what}).',
    cure: {
      zh: '让清单说明数据源如何表示登录失败（例如 soap 的 result.auth）。',
      en: 'Let the manifest say how the source refuses a sign-in (for soap: result.auth).',
    },
  },
  EXAM_B01: {
    zh: '没有列出数据流或其主键字段（{what}）。',
    en: 'A stream or a field of its key is not discovered ({what}).',
    cure: {
      zh: '核对清单中的 name、key 与来源字段名。',
      en: "Check name and key in the manifest against the source's field names.",
    },
  },
  EXAM_B02: {
    zh: '来源增加字段后没有发现，或扰乱了原有字段（{what}）。',
    en: 'A new column is not noticed or disturbs known fields ({what}).',
    cure: {
      zh: 'discover 须反映来源现状；按字段名而不是位置取值。',
      en: 'discover must show the source as it is; take values by name, not by position.',
    },
  },
  EXAM_C01: {
    zh: '翻页有漏、有重或总数不符（{what}）。',
    en: 'Paging misses or repeats records, or the total is wrong ({what}).',
    cure: {
      zh: '核对翻页参数、排序列和总数；样例每个数据流至少 3 行。',
      en: 'Check the paging parameters, the ordering column and the total; each stream needs 3 fixture rows or more.',
    },
  },
  EXAM_C02: {
    zh: '从断点续读丢失记录（{what}）。',
    en: 'Resuming at a checkpoint misses records ({what}).',
    cure: {
      zh: '断点须指向该页之后的第一条记录。',
      en: 'A checkpoint must point at the first record after its page.',
    },
  },
  EXAM_C03: {
    zh: '未变化的记录两次读到的字节不同（{what}）。',
    en: 'An unchanged record comes in different bytes ({what}).',
    cure: {
      zh: '记录中不要带入时间戳、序号等每次变化的内容；字段顺序须固定。',
      en: 'Keep time stamps and counters out of the record; the order of fields must be fixed.',
    },
  },
  EXAM_C04: {
    zh: '删除不能可靠识别（{what}）。',
    en: 'Deletions cannot be told reliably ({what}).',
    cure: {
      zh: '给出总数，或把 graceScans 设为 1；映射了软删除的，样例中须有一例。',
      en: 'Give a total or set graceScans to 1; a mapping with soft deletes needs one in its fixtures.',
    },
  },
  EXAM_C05: {
    zh: '坏记录影响了其他记录，或没有被隔离（{what}）。',
    en: 'A bad record disturbs others or is not isolated ({what}).',
    cure: {
      zh: '解析坏记录时只抛出 SkippableError。',
      en: 'Parsing a bad record must throw SkippableError and nothing else.',
    },
  },
  EXAM_C06: {
    zh: '字符有损，或编码不符没有被拒绝（{what}）。',
    en: 'Characters are damaged, or a wrong encoding is not refused ({what}).',
    cure: {
      zh: '在清单中写明真实编码（GBK、GB2312 写 gb18030）。',
      en: 'State the real encoding in the manifest (gb18030 for GBK and GB2312).',
    },
  },
  EXAM_D01: {
    zh: '映射了未声明级别的字段（{what}）。',
    en: 'The mapping fills a field of an undeclared level ({what}).',
    cure: {
      zh: '在清单该数据流的 levels 中补上，或不映射该字段。',
      en: "Add the level to the stream's levels in the manifest, or do not map the field.",
    },
  },
  EXAM_D02: {
    zh: '未知代码没有被拒收（{what}）。',
    en: 'An unknown code is not rejected ({what}).',
    cure: {
      zh: '去掉默认值和条件；代码表没有的代码必须拒收。',
      en: 'Remove defaults and guards: a code that the table lacks must be rejected.',
    },
  },
  EXAM_E01: {
    zh: '查询服务的答复没有如实传来（{what}）。',
    en: 'What the service says does not come through as it says it ({what}).',
    cure: {
      zh: '核对 answer.record 与 status；“查无此人”的代码写在 empty。',
      en: 'Check answer.record and status; the code for "nothing found" belongs under empty.',
    },
  },
  EXAM_E02: {
    zh: '未知状态没有当作错误（{what}）。',
    en: 'An unknown status is not taken for an error ({what}).',
    cure: {
      zh: '每一级状态都写进 status，只列出含义明确的代码。',
      en: 'List every level of status, and only codes whose meaning is certain.',
    },
  },
  EXAM_E03: {
    zh: '来源不答复时没有到期放弃（{what}）。',
    en: 'A source that hangs is not given up at the deadline ({what}).',
    cure: {
      zh: '连接器须服从调用的终止信号。',
      en: 'The connector must obey the signal of the call.',
    },
  },
  EXAM_D03: {
    zh: '样例的结果与声明不符（{what}）。',
    en: 'The fixtures do not come out as declared ({what}).',
    cure: {
      zh: '核对映射；确认结果正确后更新 expected.json 与 rejected.json。',
      en: 'Check the mapping; when the outcome is right, update expected.json and rejected.json.',
    },
  },
});
