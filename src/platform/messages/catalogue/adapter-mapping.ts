import { defineMessages } from '../define.js';

/** What is wrong with a mapping. */
export const mappingMessages = defineMessages({
  MAPPING_INVALID: {
    zh: '映射不可用：共 {count} 处问题，第一处为 {first}（{file} {pointer}）。',
    en: 'The mapping cannot be used (problems: {count}); the first is {first} ({file} {pointer}).',
    cure: {
      zh: '运行 isthmus adapter check 查看全部问题，逐条修正。',
      en: 'Run isthmus adapter check to see them all, then mend one by one.',
    },
  },
  MAPPING_FILE_MISSING: {
    zh: '适配器目录中没有可读的 {file}。',
    en: "The adapter's directory has no readable {file}.",
    cure: {
      zh: '适配器目录须含 manifest.yaml 与 mapping.yaml；可复制 adapters/example-csv 作为起点。',
      en: "An adapter's directory holds manifest.yaml and mapping.yaml; copy adapters/example-csv to begin.",
    },
  },
  MAPPING_YAML_BROKEN: {
    zh: '{file} 第 {line} 行不是有效的 YAML（{what}）。',
    en: '{file} is not valid YAML at line {line} ({what}).',
    cure: {
      zh: '检查该行的缩进、引号和重复的键。',
      en: "Check that line's indentation, quotes and repeated keys.",
    },
  },
  MAPPING_YAML_KEY: {
    zh: '{file} 的键 {key} 不是文本：YAML 会把它读成另一个值。',
    en: 'The key {key} in {file} is not text: YAML would read it as another value.',
    cure: {
      zh: "给代码加引号，例如 '01': alive。",
      en: "Quote codes, for example '01': alive.",
    },
  },
  MAPPING_KEY_UNKNOWN: {
    zh: '未知的键 {key}。',
    en: 'The key {key} is unknown.',
    cure: {
      zh: '对照 schemas/adapter/mapping.schema.json 更正或删除该键。',
      en: 'Correct or remove it; schemas/adapter/mapping.schema.json lists what is known.',
    },
  },
  MAPPING_KEY_REQUIRED: {
    zh: '缺少键 {key}。',
    en: 'The key {key} is missing.',
    cure: {
      zh: '补上该键；schemas/adapter/mapping.schema.json 中有示例。',
      en: 'Add it; schemas/adapter/mapping.schema.json has an example.',
    },
  },
  MAPPING_SHAPE_WRONG: {
    zh: '值的形式不对，应为：{expected}。',
    en: 'The value has the wrong form; expected: {expected}.',
    cure: {
      zh: '按 schemas/adapter/mapping.schema.json 中的示例改写；代码须加引号。',
      en: 'Write it as the example in schemas/adapter/mapping.schema.json; codes must be quoted.',
    },
  },
  MAPPING_ADAPTER_OTHER: {
    zh: '映射写的适配器是 {given}，清单是 {id}。',
    en: 'The mapping names adapter {given}, the manifest {id}.',
    cure: {
      zh: '让两个文件的标识一致。',
      en: 'Make the two files name the same adapter.',
    },
  },
  MAPPING_STREAM_UNKNOWN: {
    zh: '清单没有数据流 {stream}。',
    en: 'The manifest has no stream {stream}.',
    cure: {
      zh: '更正名称，或在 manifest.yaml 中声明该数据流。',
      en: 'Correct the name, or declare the stream in manifest.yaml.',
    },
  },
  MAPPING_STREAM_MISSING: {
    zh: '数据流 {stream} 没有映射。',
    en: 'Stream {stream} has no mapping.',
    cure: {
      zh: '在 mapping.yaml 的 streams 下为它写一段映射。',
      en: 'Write its mapping under streams in mapping.yaml.',
    },
  },
  MAPPING_ENTITY_UNKNOWN: {
    zh: '标准中没有实体 {entity}。',
    en: 'The standard has no entity {entity}.',
    cure: {
      zh: '在 schemas/README.md 中查找正确的实体名。',
      en: "Find the entity's name in schemas/README.md.",
    },
  },
  MAPPING_FIELD_UNKNOWN: {
    zh: '实体 {entity} 没有字段 {field}。',
    en: 'Entity {entity} has no field {field}.',
    cure: {
      zh: '在 schemas/README.md 中查找字段名；标准不收的数据就不要映射。',
      en: 'Find the field in schemas/README.md; what the standard does not hold is not mapped.',
    },
  },
  MAPPING_VERDICT_TWICE: {
    zh: '核验项 {claim} 的同一个代码出现在两种结果里。',
    en: 'One code of the claim {claim} stands for two verdicts.',
    cure: {
      zh: '每个代码只写在 yes、no、unknown 之一。',
      en: 'Write each code under one of yes, no and unknown.',
    },
  },
  MAPPING_PATH_INVALID: {
    zh: '路径 {path} 写法不对。',
    en: 'The path {path} is not well formed.',
    cure: {
      zh: "写成 name、a.b、list[0].c、list[?type=phone].number 或 ['odd.name']。",
      en: "Write name, a.b, list[0].c, list[?type=phone].number or ['odd.name'].",
    },
  },
  MAPPING_EXPRESSION_INVALID: {
    zh: '表达式须恰有 from、concat、coalesce、constant、test 之一（现有：{found}）。',
    en: 'An expression has exactly one of from, concat, coalesce, constant, test (found: {found}).',
    cure: {
      zh: '保留其中一个，其余删除或拆成 coalesce。',
      en: 'Keep one of them; put alternatives into a coalesce.',
    },
  },
  MAPPING_OPTION_MISPLACED: {
    zh: '选项 {option} 不能与 {source} 同用。',
    en: 'The option {option} does not go with {source}.',
    cure: {
      zh: '删除该选项，或移到内层表达式。',
      en: 'Remove it, or move it to the inner expression.',
    },
  },
  MAPPING_TOO_FEW: {
    zh: '{option} 至少要有 {least} 项。',
    en: '{option} needs at least {least} entries.',
    cure: {
      zh: '补足，或改用 from。',
      en: 'Add what is missing, or use from.',
    },
  },
  MAPPING_TYPE_WRONG: {
    zh: '类型不符：字段是 {type}，给的是 {given}。',
    en: 'The types differ: the field is {type}, given is {given}.',
    cure: {
      zh: '改成与字段相符的值。',
      en: "Give a value of the field's type.",
    },
  },
  MAPPING_NORMALISER_MISSING: {
    zh: '字段 {field}（{type}）须用 as 写明规范化方法。',
    en: 'The field {field} ({type}) needs a normaliser under as.',
    cure: {
      zh: '日期写明形式，例如 as: date, arg: YYYYMMDD；证件号码写 as: citizenId。',
      en: 'Say the shape of a date, for example as: date, arg: YYYYMMDD; for ID numbers as: citizenId.',
    },
  },
  MAPPING_NORMALISER_UNKNOWN: {
    zh: '没有名为 {name} 的规范化方法。',
    en: 'There is no normaliser {name}.',
    cure: {
      zh: '在 schemas/README.md 中查看可用的方法。',
      en: 'See the list in schemas/README.md.',
    },
  },
  MAPPING_NORMALISER_WRONG_TYPE: {
    zh: '规范化方法 {name} 不产生字段 {field} 的类型（{type}）。',
    en: 'The normaliser {name} does not make the type of {field} ({type}).',
    cure: {
      zh: '换成与字段类型相符的方法。',
      en: "Take one that fits the field's type.",
    },
  },
  MAPPING_ARGUMENT_WRONG: {
    zh: '规范化方法 {name} 不接受参数 {arg}。',
    en: 'The normaliser {name} does not take the argument {arg}.',
    cure: {
      zh: '使用它支持的参数：{known}。',
      en: 'Use one it knows: {known}.',
    },
  },
  MAPPING_TAKE_UNKNOWN: {
    zh: '规范化方法没有附带值 {take}（可用：{offered}）。',
    en: 'The normaliser has no by-product {take} (it offers: {offered}).',
    cure: {
      zh: '改用可用的附带值，或去掉 take。',
      en: 'Use one it offers, or remove take.',
    },
  },
  MAPPING_CONDITION_INVALID: {
    zh: '条件须是 all、any、not 之一，或 path 加上 equals、in、present、matches、valid 之一。',
    en: 'A condition is one of all, any, not, or a path with one of equals, in, present, matches, valid.',
    cure: {
      zh: '拆成几个条件，用 all 或 any 组合。',
      en: 'Split it and join the parts by all or any.',
    },
  },
  MAPPING_CONDITION_UNKNOWN: {
    zh: '没有名为 {name} 的条件，或它写在后面。',
    en: 'There is no condition {name} before this place.',
    cure: {
      zh: '在 conditions 下定义它，且放在使用它的条件之前。',
      en: 'Define it under conditions, before those that use it.',
    },
  },
  MAPPING_PATTERN_INVALID: {
    zh: '正则表达式无效，或不是 RE2 语法。',
    en: 'The regular expression is not valid RE2.',
    cure: {
      zh: '去掉反向引用和环视；也可改用 in 或 valid。',
      en: 'Remove back-references and look-around, or use in or valid.',
    },
  },
  MAPPING_PART_DUPLICATE: {
    zh: '实体 {entity} 的分部“{part}”重复。',
    en: "Entity {entity} has the part '{part}' twice.",
    cure: {
      zh: '给其中一个记录写另一个 part。',
      en: 'Give one of the records another part.',
    },
  },
  MAPPING_PRIMARY_PART: {
    zh: '第一个记录是主记录，part 须为空（现为 {part}）。',
    en: 'The first record is the primary one; its part is empty (it is {part}).',
    cure: {
      zh: '删去它的 part，或把主记录移到最前。',
      en: 'Remove its part, or put the primary record first.',
    },
  },
  MAPPING_PRIMARY_TWICE: {
    zh: '有多个主记录，但其中有的没有条件。',
    en: 'Several records are primary, but not all have a condition.',
    cure: {
      zh: '给每个主记录写互斥的 when。',
      en: 'Give each a when that excludes the others.',
    },
  },
  MAPPING_KEY_PATH_INVALID: {
    zh: '数据流 {stream} 的主键路径 {path} 写法不对。',
    en: 'Key path {path} of stream {stream} is not well formed.',
    cure: {
      zh: '在 manifest.yaml 中更正 key。',
      en: 'Correct the key in manifest.yaml.',
    },
  },
  MAPPING_KEY_NOT_DECLARED: {
    zh: '数据流 {stream} 没有主键。',
    en: 'Stream {stream} has no key.',
    cure: {
      zh: '在 manifest.yaml 中声明 key。',
      en: 'Declare the key in manifest.yaml.',
    },
  },
  MAPPING_KEY_IDENTIFIER_ALONE: {
    zh: '数据流 {stream} 的主键是证件号码，只能有一个字段。',
    en: 'The key of stream {stream} is an identifier and can have one field only.',
    cure: {
      zh: '只保留证件号码字段，或去掉 keyIsIdentifier。',
      en: 'Keep that field alone, or remove keyIsIdentifier.',
    },
  },
});
