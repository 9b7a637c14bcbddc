import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';

// run.mjs <built program> [arguments]: prepares the tree, then runs the program as if it had been called itself.
await prepare();
const [program] = process.argv.splice(2, 1);
await import(join(ROOT, program));
