import { describe, expect, it } from '@jest/globals';
import { Shutdown, unlessAborted } from './shutdown.js';

describe('shutdown', () => {
  it('stops the groups in the opposite order, whatever fails', async () => {
    const shutdown = new Shutdown();
    const said: string[] = [];
    const one = (name: string, fails = false) => ({
      stop: async () => {
        said.push(name);
        if (fails) throw new Error(name);
      },
    });
    const ground = shutdown.group(one('lock'));
    shutdown.group(one('gateway', true), one('run file'));
    ground.push(one('database'));
    await shutdown.stop();
    expect(said).toEqual(['gateway', 'run file', 'lock', 'database']);
    await shutdown.stop();
    expect(said).toHaveLength(4);
  });

  it('waits no longer for work whose signal was aborted', async () => {
    const abort = new AbortController();
    const never = unlessAborted(abort.signal, new Promise(() => undefined));
    abort.abort(new Error('told to stop'));
    await expect(never).rejects.toThrow('told to stop');
    await expect(unlessAborted(abort.signal, Promise.resolve(1))).rejects.toThrow('told to stop');
  });
});
