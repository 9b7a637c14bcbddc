import { defineMessages } from '../define.js';

export const keysMessages = defineMessages({
  KEYS_VERSION_RETIRED: {
    zh: '密钥版本 {version} 已停用,本进程尚未换用新版本',
    en: 'Key version {version} was retired, and this process does not use the newer one yet',
    cure: {
      zh: '自动重试;若持续出现,确认所有进程使用同一个密钥目录',
      en: 'It is tried again by itself; if it stays, let all processes use one and the same keys directory',
    },
  },
  KEK_SETTING_MISSING: {
    zh: 'ISTHMUS_KEK={provider} 需要设置 {setting}',
    en: 'ISTHMUS_KEK={provider} needs {setting}',
    cure: {
      zh: '设置 {setting}(口令可用 ISTHMUS_KEK_SECRET_FILE 从文件读取)',
      en: 'Set {setting} (a secret may come from a file: ISTHMUS_KEK_SECRET_FILE)',
    },
  },
  KEK_SECRET_WEAK: {
    zh: '{setting} 太弱:少于 {least} 个字符、字符过于单一,或是示例中的默认值',
    en: '{setting} is weak: shorter than {least} characters, of too few different ones, or a default from an example',
    cure: {
      zh: '换成随机值,例如 openssl rand -base64 32 的输出',
      en: 'Take a random one, as openssl rand -base64 32 prints it',
    },
  },
  KEK_PROVIDER_DIFFERS: {
    zh: '密钥文件 {file} 由 {found} 保护,而 ISTHMUS_KEK={set}',
    en: 'The key file {file} is protected by {found}, but ISTHMUS_KEK is {set}',
    cure: {
      zh: '改回 ISTHMUS_KEK={found};要更换保护方式,执行 npx --no-install isthmus keys rotate --from {found}',
      en: 'Set ISTHMUS_KEK={found}; to change what protects it, run npx --no-install isthmus keys rotate --from {found}',
    },
  },
  KEK_WRONG: {
    zh: '根密钥无法解开:{provider} 给出的不是封装它时的密钥',
    en: 'The root keys do not unwrap: {provider} holds another key than the one that wrapped them',
    cure: {
      zh: '恢复原来的口令或 KMS 密钥;或停机后把密钥备份放回 keyring.json,用 ISTHMUS_KEK=file 启动',
      en: 'Bring back the secret or KMS key; or put the keys backup in place of keyring.json and start with ISTHMUS_KEK=file',
    },
  },
  KEK_COMMAND_MISSING: {
    zh: '密钥程序 {file} 无法启动',
    en: 'The key program {file} cannot be started',
    cure: {
      zh: '检查 ISTHMUS_KEK_COMMAND 的路径与执行权限(不经过 shell)',
      en: 'Check path and mode of ISTHMUS_KEK_COMMAND (there is no shell between)',
    },
  },
  KEK_COMMAND_FAILED: {
    zh: '密钥程序 {file} 未能完成请求:{reason}',
    en: 'The key program {file} did not do what it was asked: {reason}',
    cure: {
      zh: '查看该程序自己的日志;协议见 README 的密钥一节',
      en: 'Read its own log; the protocol is in the README, Where data and keys lie',
    },
  },
  KEK_COMMAND_SILENT: {
    zh: '密钥程序 {file} 在 {seconds} 秒内没有应答',
    en: 'The key program {file} did not answer within {seconds} seconds',
    cure: {
      zh: '确认 KMS/HSM 可达;必要时加大 ISTHMUS_KEK_SECONDS',
      en: 'See that the KMS or HSM can be reached; raise ISTHMUS_KEK_SECONDS where it is slow',
    },
  },
  KEYS_ROTATION_INTERRUPTED: {
    zh: '密钥轮换已停下:第 {done} 行',
    en: 'The rotation of keys stopped at row {done}',
    cure: {
      zh: '再次执行 npx --no-install isthmus keys rotate,从停下处继续',
      en: 'Run npx --no-install isthmus keys rotate again: it goes on where it stopped',
    },
  },
});
