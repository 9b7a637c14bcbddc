import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';

await prepare({ staying: true });
// Libraries leave their development checks out.
process.env.NODE_ENV ??= 'production';
process.argv.splice(2, 0, 'start');
await import(join(ROOT, 'dist', 'app', 'main.js'));
