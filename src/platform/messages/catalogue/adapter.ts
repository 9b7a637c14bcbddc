import { defineMessages } from '../define.js';

export const adapterMessages = defineMessages({
  CONNECTOR_DIRECTORY: {
    zh: '投递目录 {file} 无法读取（{reason}）。',
    en: 'The drop directory {file} cannot be read ({reason}).',
    cure: {
      zh: '检查设置 directory 的路径和权限：网关的运行用户须能列出并读取该目录。',
      en: "Check the path in the setting directory and its permissions: the gateway's user must be able to list and read it.",
    },
  },
  CONNECTOR_FILE_MISSING: {
    zh: '数据流 {stream} 没有匹配 {file} 的文件。',
    en: 'Stream {stream} has no file matching {file}.',
    cure: {
      zh: '确认对方已投递文件，且文件名符合清单中的 pattern。',
      en: "Make sure the source has delivered and that the file name matches the manifest's pattern.",
    },
  },
  CONNECTOR_MARKER_MISSING: {
    zh: '数据流 {stream} 的文件 {file} 没有完成标记（{marker}），视为尚未写完。',
    en: 'File {file} of stream {stream} has no completion marker ({marker}), so it is not complete yet.',
    cure: {
      zh: '等待对方写入标记文件；若长时间没有，请联系对方检查投递程序。',
      en: 'Wait for the source to write the marker; if it does not come, ask the source to check its delivery program.',
    },
  },
  CONNECTOR_MARKER_UNREADABLE: {
    zh: '文件 {file} 的完成标记中没有可读的行数。',
    en: 'The marker of file {file} holds no readable row count.',
    cure: {
      zh: '标记文件内容须为 rows=<行数>；请对方重写标记。',
      en: 'The marker must contain rows=<n>; ask the source to write it again.',
    },
  },
  CONNECTOR_ROW_COUNT: {
    zh: '文件 {file} 有 {found} 行，完成标记写的是 {expected} 行。',
    en: 'File {file} holds {found} rows, its marker says {expected}.',
    cure: {
      zh: '文件不完整或标记有误；请对方重新投递，本次不会删除任何数据。',
      en: 'The file is incomplete or the marker is wrong; ask for a new delivery. Nothing was deleted.',
    },
  },
  CONNECTOR_FILE_TRUNCATED: {
    zh: '文件 {file} 在一条记录中间结束。',
    en: 'File {file} ends in the middle of a record.',
    cure: {
      zh: '文件没有传完；请对方重新投递，并在写完后再写完成标记。',
      en: 'The transfer was cut off; ask for a new delivery, with the marker written last.',
    },
  },
  CONNECTOR_FILE_CHANGED: {
    zh: '文件 {file} 在读取期间被改动或移走。',
    en: 'File {file} was changed or taken away while it was being read.',
    cure: {
      zh: '已投递的文件不得改写；请以新文件名重新投递，然后重新同步。',
      en: 'A delivered file must not be rewritten; deliver under a new name and sync again.',
    },
  },
  CONNECTOR_FILE_UNREADABLE: {
    zh: '文件 {file} 无法打开。',
    en: 'File {file} cannot be opened.',
    cure: {
      zh: '检查文件权限：网关的运行用户须能读取。',
      en: "Check the file's permissions: the gateway's user must be able to read it.",
    },
  },
  CONNECTOR_ENCODING: {
    zh: '文件 {file} 的编码不是 {declared}（看起来是 {found}）。',
    en: 'File {file} is not encoded as {declared} (it looks like {found}).',
    cure: {
      zh: '在清单的 encoding 中写明真实编码，或请对方按约定编码投递。',
      en: 'State the real encoding in the manifest, or ask the source to deliver in the agreed one.',
    },
  },
  CONNECTOR_HEADER: {
    zh: '文件 {file} 的表头为空、有重名列或无法读取。',
    en: 'The header row of file {file} is empty, repeats a column or cannot be read.',
    cure: {
      zh: '第一行须为各不相同的列名；若文件没有表头，请在清单中写 columns。',
      en: 'The first row must be distinct column names; for files without one, list the columns in the manifest.',
    },
  },
  CONNECTOR_XML: {
    zh: '文件 {file} 不是可以接受的 XML（没有根元素，或带有 DOCTYPE）。',
    en: 'File {file} is not acceptable XML (no root element, or a DOCTYPE).',
    cure: {
      zh: '请对方去掉 DOCTYPE，并检查文件是否为 XML。',
      en: 'Ask the source to leave out the DOCTYPE, and check that the file is XML.',
    },
  },
  CONNECTOR_RECORD_TOO_LONG: {
    zh: '文件 {file} 中有一条记录过长，文件格式与清单不符。',
    en: 'File {file} holds a record that is far too long; it is not of the declared format.',
    cure: {
      zh: '检查清单中的 format、delimiter 和 recordElement。',
      en: 'Check format, delimiter and recordElement in the manifest.',
    },
  },
  CONNECTOR_DELIVERY_OVERDUE: {
    zh: '数据流 {stream} 超过 {expectedEvery} 没有新的完整投递。',
    en: 'Stream {stream} has had no complete delivery for longer than {expectedEvery}.',
    cure: {
      zh: '联系数据来源单位检查投递任务。',
      en: 'Ask the source to check its delivery job.',
    },
  },
  CONNECTOR_CHECKPOINT: {
    zh: '数据流 {stream} 的续读位置无法识别。',
    en: 'The position at which stream {stream} goes on cannot be read.',
    cure: {
      zh: '从头重新同步该数据流。',
      en: 'Sync the stream again from the beginning.',
    },
  },
  CONNECTOR_PARSE_BEFORE_READ: {
    zh: '数据流 {stream} 尚未读取，无法解析其记录。',
    en: 'A record of stream {stream} was parsed before the stream was read.',
    cure: {
      zh: '这是程序缺陷，请反馈。',
      en: 'This is a defect in the program; please report it.',
    },
  },
  CONNECTOR_STREAM: {
    zh: '清单中没有数据流 {stream}。',
    en: 'The manifest has no stream {stream}.',
    cure: {
      zh: '检查数据流名称。',
      en: "Check the stream's name.",
    },
  },
  CONNECTOR_UNREACHABLE: {
    zh: '无法连接数据源。',
    en: 'The source cannot be reached.',
    cure: {
      zh: '检查地址、端口和网络，并确认对方系统在运行。',
      en: 'Check address, port and network, and that the source system is running.',
    },
  },
  CONNECTOR_RECORD_ENCODING: {
    zh: '记录中有不属于 {encoding} 的字节。',
    en: 'The record holds bytes that are not {encoding}.',
    cure: {
      zh: '请来源单位修正该记录后重新投递。',
      en: 'Ask the source to correct the record and deliver it again.',
    },
  },
  CONNECTOR_RECORD_QUOTING: {
    zh: '记录的引号不成对或位置错误。',
    en: "The record's quotes do not match or stand in the wrong place.",
    cure: {
      zh: '请来源单位修正该记录：含分隔符或引号的单元格须整体加引号。',
      en: 'Ask the source to correct the record: a cell with a delimiter or quote must be quoted as a whole.',
    },
  },
  CONNECTOR_RECORD_CELLS: {
    zh: '记录有 {found} 个单元格，表头有 {expected} 列。',
    en: 'The record has {found} cells, the header has {expected} columns.',
    cure: {
      zh: '请来源单位修正该记录；常见原因是未加引号的分隔符。',
      en: 'Ask the source to correct the record; an unquoted delimiter is the common cause.',
    },
  },
  CONNECTOR_RECORD_JSON: {
    zh: '记录不是 JSON 对象。',
    en: 'The record is not a JSON object.',
    cure: {
      zh: '请来源单位修正该记录。',
      en: 'Ask the source to correct the record.',
    },
  },
  CONNECTOR_RECORD_XML: {
    zh: '记录不是格式正确的 XML 元素。',
    en: 'The record is not a well-formed XML element.',
    cure: {
      zh: '请来源单位修正该记录。',
      en: 'Ask the source to correct the record.',
    },
  },
  ADAPTER_BLOCK: {
    zh: '清单中数据流 {stream} 的 {field} 缺失或不可用。',
    en: 'In the manifest, {field} of stream {stream} is missing or cannot be used.',
    cure: {
      zh: '按 schemas/adapter/manifest.schema.json 修正清单。',
      en: 'Correct the manifest after schemas/adapter/manifest.schema.json.',
    },
  },
  ADAPTER_CONNECTOR: {
    zh: '适配器 {adapter} 要求的连接方式 {kind} 不存在。',
    en: 'Adapter {adapter} asks for a connector {kind} that does not exist.',
    cure: {
      zh: '可用的连接方式：{known}。',
      en: 'Known connectors: {known}.',
    },
  },
  MAPPING_INVALID: {
    zh: '映射不可用：共 {count} 处问题，第一处为 {first}（{file} {pointer}）。',
    en: 'The mapping cannot be used: {count} problems, the first is {first} ({file} {pointer}).',
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
  CONNECTOR_CA_FILE: {
    zh: '证书文件 {file} 无法读取。',
    en: 'The certificate file {file} cannot be read.',
    cure: {
      zh: '检查设置 caFile 的路径和权限。',
      en: 'Check the path in the setting caFile and its permissions.',
    },
  },
  CONNECTOR_AUTH: {
    zh: '数据源拒绝了登录（{state}）。',
    en: 'The source refused the sign-in ({state}).',
    cure: {
      zh: '检查用户名、密码或令牌；凭据可能已过期或被吊销。',
      en: 'Check user, password or token; the credential may have expired or been revoked.',
    },
  },
  CONNECTOR_DATABASE: {
    zh: '数据库不存在，或该用户不能使用（{state}）。',
    en: 'The database does not exist, or the user may not use it ({state}).',
    cure: {
      zh: '检查设置 database，并请对方授权。',
      en: 'Check the setting database, and ask the source for access.',
    },
  },
  CONNECTOR_PERMISSION: {
    zh: '该用户没有读取所需内容的权限（{state}）。',
    en: 'The user may not read what the adapter needs ({state}).',
    cure: {
      zh: '请对方授予清单中各查询所涉表或接口的只读权限。',
      en: "Ask the source for read access to what the manifest's streams read.",
    },
  },
  CONNECTOR_QUERY: {
    zh: '数据流 {stream} 的查询不被数据源接受（{state}）：表或列可能已改名，或查询有误。',
    en: 'The source does not accept the query of stream {stream} ({state}): a table or column may have been renamed, or the query is wrong.',
    cure: {
      zh: '对照数据源现有结构修正清单中的 select。',
      en: "Correct the manifest's select after the source's present structure.",
    },
  },
  CONNECTOR_BUSY: {
    zh: '数据源繁忙，暂不接受请求（{state}）。',
    en: 'The source is busy and takes no request now ({state}).',
    cure: {
      zh: '稍后会自动重试；若经常发生，请在清单中降低 limits。',
      en: "It will be tried again; if this happens often, lower the manifest's limits.",
    },
  },
  CONNECTOR_TIMEOUT: {
    zh: '数据源没有在限定时间内答复（{state}）。',
    en: 'The source did not answer in time ({state}).',
    cure: {
      zh: '稍后会自动重试；若经常发生，请减小每页记录数或请对方检查性能。',
      en: 'It will be tried again; if this happens often, use smaller pages or ask the source to look at its performance.',
    },
  },
  CONNECTOR_KEY_COLUMN: {
    zh: '数据流 {stream} 的查询没有排序列 {columns}。',
    en: 'The query of stream {stream} does not yield the ordering column {columns}.',
    cure: {
      zh: '让 select 输出 orderBy 中的列。',
      en: 'Let the select yield the columns named in orderBy.',
    },
  },
  CONNECTOR_KEY_NULL: {
    zh: '数据流 {stream} 有 {rows} 行的 {columns} 为空，无法翻页读到。',
    en: '{rows} rows of stream {stream} have no {columns}, so paging cannot reach them.',
    cure: {
      zh: '换一个不为空的排序列，或在 select 中排除这些行。',
      en: 'Order by a column that is never null, or leave these rows out in the select.',
    },
  },
  CONNECTOR_COLUMN_TWICE: {
    zh: '数据流 {stream} 的查询输出了重名的列。',
    en: 'The query of stream {stream} yields two columns of one name.',
    cure: {
      zh: '在 select 中用 AS 给列取不同的名字。',
      en: 'Give the columns different names with AS in the select.',
    },
  },
  CONNECTOR_SERVER: {
    zh: '数据源内部出错（HTTP {state}）。',
    en: 'The source failed internally (HTTP {state}).',
    cure: {
      zh: '稍后会自动重试；若持续，请联系对方。',
      en: 'It will be tried again; if it lasts, contact the source.',
    },
  },
  CONNECTOR_REDIRECT: {
    zh: '数据源要求转到别处（HTTP {state}），网关不跟随。',
    en: 'The source points elsewhere (HTTP {state}), which the gateway does not follow.',
    cure: {
      zh: '把设置中的地址改为最终地址；若是登录页，请检查凭据。',
      en: 'Set the final address; if it is a sign-in page, check the credential.',
    },
  },
  CONNECTOR_NOT_FOUND: {
    zh: '数据源没有数据流 {stream} 的接口（HTTP {state}）。',
    en: 'The source has no such interface for stream {stream} (HTTP {state}).',
    cure: {
      zh: '检查设置中的地址和清单中的 path。',
      en: "Check the address in the settings and the manifest's path.",
    },
  },
  CONNECTOR_REQUEST: {
    zh: '数据源不接受数据流 {stream} 的请求（HTTP {state}）。',
    en: 'The source does not accept the request of stream {stream} (HTTP {state}).',
    cure: {
      zh: '对照接口文档检查清单中的参数。',
      en: "Check the manifest's parameters against the interface's documentation.",
    },
  },
  CONNECTOR_BODY: {
    zh: '数据流 {stream} 的答复不是约定的内容（{what}）。',
    en: 'The answer of stream {stream} is not what was agreed ({what}).',
    cure: {
      zh: '确认地址指向数据接口而不是网页，并对照接口文档检查清单。',
      en: 'Make sure the address is the interface and not a page, and check the manifest against its documentation.',
    },
  },
  CONNECTOR_BODY_LARGE: {
    zh: '数据流 {stream} 的一次答复过大。',
    en: 'One answer of stream {stream} is too large.',
    cure: {
      zh: '在清单 limits 中减小 pageSize。',
      en: "Lower pageSize in the manifest's limits.",
    },
  },
  CONNECTOR_PAGE_REPEATED: {
    zh: '数据流 {stream} 连续两页内容相同：数据源没有按起始位置翻页。',
    en: 'Stream {stream} gave the same page twice: the source ignores the offset.',
    cure: {
      zh: '对照接口文档检查清单中的翻页参数名。',
      en: 'Check the names of the paging parameters in the manifest.',
    },
  },
  CONNECTOR_ADDRESS: {
    zh: '设置 {setting} 不是 http 或 https 地址。',
    en: 'The setting {setting} is not an http or https address.',
    cure: {
      zh: '写成 http://主机:端口/路径 的形式。',
      en: 'Write it as http://host:port/path.',
    },
  },
  CONNECTOR_SOAP_FAULT: {
    zh: '数据源以 SOAP 错误拒绝了数据流 {stream} 的请求（{code}）。',
    en: 'The source refused the request of stream {stream} with a SOAP fault ({code}).',
    cure: {
      zh: '对照 WSDL 检查清单中的 namespace、operation 和 parameters。',
      en: 'Check namespace, operation and parameters in the manifest against the WSDL.',
    },
  },
  CONNECTOR_SOAP_FAULT_SERVER: {
    zh: '数据源以 SOAP 错误答复：其内部出错（{code}）。',
    en: 'The source answered with a SOAP fault: it failed internally ({code}).',
    cure: {
      zh: '稍后会自动重试；若持续，请联系对方。',
      en: 'It will be tried again; if it lasts, contact the source.',
    },
  },
  CONNECTOR_RESULT_CODE: {
    zh: '数据流 {stream} 的答复状态码 {code} 含义未知。',
    en: 'The answer of stream {stream} has the status code {code}, whose meaning is unknown.',
    cure: {
      zh: '查对方接口文档，把该状态码补入清单的 result（ok、empty、auth、busy、tooMuch）。',
      en: "Look the code up in the source's documentation and add it to the manifest's result (ok, empty, auth, busy, tooMuch).",
    },
  },
  CONNECTOR_TOTAL_SHORT: {
    zh: '数据流 {stream} 声明 {expected} 行，只给出 {found} 行。',
    en: 'Stream {stream} announced {expected} rows and gave {found}.',
    cure: {
      zh: '稍后会自动重试；若持续，请对方检查其分页接口。',
      en: 'It will be tried again; if it lasts, ask the source to check its paging.',
    },
  },
  CONNECTOR_WINDOW: {
    zh: '数据流 {stream} 的时间窗缩到最小仍被拒绝（{code}）。',
    en: 'The source refuses even the smallest time window of stream {stream} ({code}).',
    cure: {
      zh: '对照接口文档检查清单中的 window。',
      en: "Check the manifest's window against the interface's documentation.",
    },
  },
  ADAPTER_MANIFEST: {
    zh: '适配器清单 {file} 有 {count} 处问题，第一处在 {pointer}（{first}）。',
    en: 'The adapter manifest {file} has {count} problems, the first at {pointer} ({first}).',
    cure: {
      zh: '用 isthmus adapter check <目录> 查看每一处及改法。',
      en: 'Run isthmus adapter check <dir> to see each with its cure.',
    },
  },
  ADAPTER_KEY_UNKNOWN: {
    zh: '清单中有未知的键 {key}。',
    en: 'The manifest has an unknown key {key}.',
    cure: {
      zh: '删除或改正；schemas/adapter/manifest.schema.json 列出全部可用的键。',
      en: 'Remove or correct it; schemas/adapter/manifest.schema.json lists all keys.',
    },
  },
  ADAPTER_KEY_REQUIRED: {
    zh: '清单缺少 {key}。',
    en: 'The manifest lacks {key}.',
    cure: {
      zh: '补上该项；schemas/adapter/manifest.schema.json 中有示例。',
      en: 'Add it; schemas/adapter/manifest.schema.json has an example.',
    },
  },
  ADAPTER_VALUE: {
    zh: '清单中 {key} 的值不可用，应为：{expected}。',
    en: 'The value of {key} in the manifest cannot be used; expected: {expected}.',
    cure: {
      zh: '按 schemas/adapter/manifest.schema.json 中的示例改写。',
      en: 'Rewrite it after the example in schemas/adapter/manifest.schema.json.',
    },
  },
  ADAPTER_STREAM_TWICE: {
    zh: '清单中有两个数据流叫 {stream}。',
    en: 'The manifest has two streams named {stream}.',
    cure: {
      zh: '给每个数据流不同的名字。',
      en: 'Give each stream a name of its own.',
    },
  },
  ADAPTER_MODE: {
    zh: '数据流 {stream} 不能以 {mode} 方式同步。',
    en: 'Stream {stream} cannot be synced in mode {mode}.',
    cure: {
      zh: '按其连接方式和参数，可用：{possible}。',
      en: 'With its connector and block, these are possible: {possible}.',
    },
  },
  ADAPTER_SETTING_UNDECLARED: {
    zh: '清单引用了设置 {setting}，但没有声明它。',
    en: 'The manifest uses a setting {setting} that it does not declare.',
    cure: {
      zh: '在清单的 settings 中声明 {setting}（title、description，密码类加 secret: true）。',
      en: 'Declare {setting} under settings in the manifest (title, description; secret: true for passwords).',
    },
  },
  ADAPTER_SETTING_UNKNOWN: {
    zh: '没有名为 {setting} 的设置。',
    en: 'There is no setting named {setting}.',
    cure: {
      zh: '可用的设置：{known}。',
      en: 'Known settings: {known}.',
    },
  },
  ADAPTER_SETTING_REQUIRED: {
    zh: '缺少设置 {setting}（{title}）。',
    en: 'The setting {setting} is missing: {description}',
    cure: {
      zh: '用 {flag} 给出。',
      en: 'Give it with {flag}.',
    },
  },
  ADAPTER_SETTING_VALUE: {
    zh: '设置 {setting}（{title}）的值不可用。',
    en: 'The value of the setting {setting} cannot be used: {description}',
    cure: {
      zh: '应为：{expected}。',
      en: 'Expected: {expected}.',
    },
  },
  ADAPTER_ROW_SKIPPED: {
    zh: '按映射跳过该行：{reason}。',
    en: 'The mapping leaves this row out: {reason}.',
    cure: {
      zh: '如不应跳过，请修改映射中的 skipWhen。',
      en: 'If it should not be left out, change skipWhen in the mapping.',
    },
  },
  ADAPTER_FIELD_STATE: {
    zh: '字段 {field} 的值不是普通值（{state}）。',
    en: 'The value of {field} is not an ordinary one ({state}).',
    cure: {
      zh: 'MASKED_AT_SOURCE 表示来源已脱敏，PLACEHOLDER 表示占位值，EMPTY 表示为空；不会覆盖已有的真实值。',
      en: 'MASKED_AT_SOURCE: masked by the source; PLACEHOLDER: a filler; EMPTY: given as empty. None overwrites a real value.',
    },
  },
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
  EXAM_D03: {
    zh: '样例的结果与声明不符（{what}）。',
    en: 'The fixtures do not come out as declared ({what}).',
    cure: {
      zh: '核对映射；确认结果正确后更新 expected.json 与 rejected.json。',
      en: 'Check the mapping; when the outcome is right, update expected.json and rejected.json.',
    },
  },
});
