import { kekCommandError } from '../keys.errors.js';
import { CommandChild, type CommandSettings } from './command-child.js';
import type { KeyEncryption } from './key-encryption.js';

/** How often a request is put to a fresh child when the one before it ended without an answer. */
const TRIES = 2;

/**
 * An external program holds the key: the place for a KMS or an HSM. It is started without a shell, kept, and speaks
 * JSON lines: `{"id":1,"op":"wrap","context":"isthmus/kek/1","data":"<base64>"}` in, `{"id":1,"data":"<base64>"}` or
 * `{"id":1,"error":"CODE"}` out.
 */
export function commandKeyEncryption(settings: CommandSettings): KeyEncryption {
  let child: CommandChild | null = null;
  const ask = async (op: 'wrap' | 'unwrap', context: string, data: Buffer): Promise<Buffer> => {
    for (let tried = 1; ; tried += 1) {
      if (child === null || child.ended) child = new CommandChild(settings);
      const asked = child;
      try {
        return await asked.ask(op, context, data);
      } catch (error) {
        // One that ended is started again once: an answer that says no is final, and so is silence.
        if (!asked.ended || asked.silent || tried === TRIES) throw error;
      }
    }
  };
  return {
    name: 'command',
    wrap: (key, context) => ask('wrap', context, key),
    unwrap: async (wrapped, context) => {
      const key = await ask('unwrap', context, wrapped);
      if (key.length === 0) throw kekCommandError('KEK_COMMAND_FAILED', settings.words[0]!, { reason: 'EMPTY' });
      return key;
    },
    close: () => {
      child?.end();
      child = null;
    },
  };
}
