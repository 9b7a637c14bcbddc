#!/usr/bin/env node
import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';
import { watchParent } from './watch-parent.mjs';

await prepare();
watchParent();
await import(join(ROOT, 'dist', 'app', 'main.js'));
