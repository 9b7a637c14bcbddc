#!/usr/bin/env node
import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';

await prepare({ staying: process.argv[2] === 'start' });
// Libraries leave their development checks out.
process.env.NODE_ENV ??= 'production';
await import(join(ROOT, 'dist', 'app', 'main.js'));
