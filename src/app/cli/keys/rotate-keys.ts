import { lastRotation, rotateKeys, type Rotation } from '../../../pipeline/rekey/index.js';
import { Keyring, type KeyProvider } from '../../../platform/keys/index.js';
import { keyEncryptionOf } from '../../runtime/open-keyring.js';
import { printJson, say, warn, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';

const PHASES: Record<Rotation['phase'], readonly [zh: string, en: string]> = {
  INTRODUCED: ['等待各进程读到新版本', 'waiting for every process to learn the new version'],
  SEALING: ['等待各进程改用新版本', 'waiting for every process to use it'],
  REWRAPPING: ['重新封装', 're-wrapping'],
  DONE: ['完成', 'done'],
};
const LINE_MS = 2000;

/** `keys rotate`: begins a rotation, or goes on with the one that was stopped. @returns the exit code. */
export async function rotateCommand(context: CommandContext): Promise<void> {
  let [phase, spoke] = ['', 0];
  const progress = (rotation: Rotation): void => {
    if (rotation.phase === phase && Date.now() - spoke < LINE_MS) return;
    [phase, spoke] = [rotation.phase, Date.now()];
    say(`  ${lineOf(context, rotation)}`);
  };
  await withRuntime(context, async ({ database, keyring }, signal) => {
    const ended = await rotateKeys({ database, keyring, actor: 'cli', signal, progress });
    if (ended === null) {
      const stopped = await database.withContext('worker', { actor: 'cli' }, lastRotation);
      warn(context, 'KEYS_ROTATION_INTERRUPTED', { done: stopped?.seen ?? 0 });
      throw signal.reason;
    }
    if (context.json) printJson({ ...ended, fingerprint: keyring.fingerprint });
    else
      say(
        `✔ ${context.words('密钥已轮换:版本', 'keys rotated: version')} ${ended.version} · ${context.words('指纹', 'fingerprint')} ${keyring.fingerprint}`,
      );
    warn(context, 'DOCTOR_KEYS_BACKUP', { state: (await keyring.backupStatus()).state });
  });
}

/** `keys rotate --status`. */
export async function rotationStatusCommand(context: CommandContext): Promise<void> {
  await withRuntime(context, async ({ database, keyring }) => {
    const rotation = await database.withContext('worker', { actor: 'cli' }, lastRotation);
    const { provider, keyVersion, versions } = keyring;
    if (context.json) return printJson({ provider, keyVersion, versions, rotation });
    say(`${context.words('保护', 'protected by')} ${provider} · ${context.words('版本', 'version')} ${keyVersion}`);
    say(rotation ? lineOf(context, rotation) : context.words('从未轮换', 'never rotated'));
  });
}

/** `keys rotate --from <provider>`: the root keys go from one provider's protection under the one that is set. */
export async function moveCommand(context: CommandContext, from: KeyProvider): Promise<void> {
  const { config, words } = context;
  const [before, after] = [keyEncryptionOf(config, from), keyEncryptionOf(config)];
  try {
    const keyring = await Keyring.open(config.keysDir, { create: false, encryption: before });
    await keyring.moveTo(after);
    const moved = await Keyring.open(config.keysDir, { create: false, encryption: after });
    if (context.json) return printJson({ from, to: moved.provider, fingerprint: moved.fingerprint });
    say(
      `✔ ${words('根密钥改由', 'root keys protected by')} ${moved.provider} ${words('保护', '')}· ${words('指纹', 'fingerprint')} ${moved.fingerprint}`,
    );
    say(
      words(
        '  用新的设置重启全部进程,然后执行 keys rotate',
        '  Restart every process with the new setting, then run keys rotate',
      ),
    );
  } finally {
    before.close();
    after.close();
  }
}

const lineOf = ({ words }: CommandContext, { version, phase, seen, total, rewrapped }: Rotation): string =>
  `${words('版本', 'version')} ${version} · ${words(...PHASES[phase])} · ${seen}/${total} · ${words('已重新封装', 're-wrapped')} ${rewrapped}`;
