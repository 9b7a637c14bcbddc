import { defineMessages } from '../define.js';
import { codeTableMessages } from './adapter-codes.js';
import { connectorMessages } from './adapter-connector.js';
import { examMessages } from './adapter-exam.js';
import { fileMessages } from './adapter-file.js';
import { mappingMessages } from './adapter-mapping.js';
import { rejectionMessages } from './adapter-rejection.js';

export const adapterMessages = {
  ...codeTableMessages,
  ...connectorMessages,
  ...examMessages,
  ...fileMessages,
  ...mappingMessages,
  ...rejectionMessages,
  ...defineMessages({
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
    ADAPTER_MANIFEST: {
      zh: '适配器清单 {file} 有 {count} 处问题，第一处在 {pointer}（{first}）。',
      en: 'The adapter manifest {file} is not valid (problems: {count}), the first at {pointer} ({first}).',
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
  }),
};
