import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { built } from '../../../test/kit/built.js';

const UID = 41234;
const drop = ['--reuid', `${UID}`, '--regid', `${UID}`, '--clear-groups'];
const may = spawnSync('setpriv', [...drop, 'unshare', '-U', '--map-user=65534', 'true']).status === 0;

(may ? it : it.skip)(
  'a uid that has no account makes a cluster and starts it again',
  () => {
    const home = mkdtempSync(join(tmpdir(), 'isthmus-uid-'));
    chownSync(home, UID, UID);
    chmodSync(home, 0o700);
    const module = built('platform/embedded-postgres/index.js');
    const program = `
      const { startPostgres } = await import(${JSON.stringify(module)});
      for (let turn = 0; turn < 2; turn++) {
        const server = await startPostgres({ dataDir: ${JSON.stringify(join(home, 'pg'))}, password: 'test-only' });
        await server.stop();
      }
      console.log('twice');`;
    try {
      const words = [...drop, process.execPath, '--input-type=module', '-e', program];
      const ran = spawnSync('setpriv', words, { cwd: '/', encoding: 'utf8' });
      expect(ran).toMatchObject({ status: 0, stdout: 'twice\n' });
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
  60_000,
);
