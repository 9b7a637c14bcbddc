import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';
import { watchParent } from './watch-parent.mjs';

await prepare();
watchParent();
process.argv.splice(2, 0, 'start');
await import(join(ROOT, 'dist', 'app', 'main.js'));
