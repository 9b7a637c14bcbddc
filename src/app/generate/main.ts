import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../../platform/kernel/index.js';
import { speakError } from '../../platform/messages/index.js';
import { changedFiles, planFiles } from './plan-files.js';

/** `npm run generate [-- --check]`: writes what the schemas call for, or with --check only says whether it would. */
async function main(root: string, check: boolean): Promise<void> {
  const files = await planFiles(root);
  const changed = changedFiles(root, files);
  if (check && changed.length > 0)
    throw new ConfigurationError('STANDARD_GENERATED_STALE', { params: { files: changed.join(', ') } });
  for (const path of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path)!);
    process.stderr.write(`${path}\n`);
  }
  process.stderr.write(`${files.size} files, ${changed.length} changed\n`);
}

try {
  await main(process.cwd(), process.argv.includes('--check'));
} catch (error) {
  for (const language of ['zh', 'en'] as const) {
    const { code, text, cure } = speakError(error, language);
    process.stderr.write(`${code}: ${text}\n  → ${cure}\n`);
  }
  if (!(error instanceof ConfigurationError)) process.stderr.write(`${(error as Error).stack ?? error}\n`);
  process.exitCode = 1;
}
