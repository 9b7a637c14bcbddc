import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  openItems,
  readItems,
  sheetsOf,
  splitId,
  type ItemSelection,
  type OpenedItem,
  type StoredItem,
} from '../../../pipeline/desk/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import { csvOf, xlsxOf } from '../../../platform/sheets/index.js';
import type { Tx } from '../../../platform/database/index.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
import type { DownloadOptions } from './quarantine-options.js';
import { inquiryHere } from './quarantine-look.js';

const BATCH = 1000;
const MOST = 100_000;

/**
 * Writes a source's waiting records as tables of its own columns, readable by this account alone. The evidence of the
 * reading is committed before a file is made.
 */
export async function downloadCommand(
  context: CommandContext,
  source: string,
  options: DownloadOptions,
): Promise<void> {
  const { words } = context;
  if (options.format !== 'csv' && options.format !== 'xlsx')
    throw new UsageError('CLI_USAGE', { params: { problem: '--format csv|xlsx' } });
  const inquiry = inquiryHere(options);
  makeDirectory(options.to);
  const opened = await withRuntime(context, ({ database, keyring }) =>
    database.withContext('worker', { actor: 'cli' }, async (tx): Promise<OpenedItem[]> => {
      const items = await all(tx, { source, stream: options.stream, reason: options.reason });
      if (items.length === 0) throw new UsageError('QUARANTINE_NOTHING', { params: { source } });
      return (await openItems(tx, keyring, items, inquiry)).opened;
    }),
  );
  const sheets = sheetsOf(opened, context.language);
  const files =
    options.format === 'xlsx'
      ? [write(join(options.to, `${source}-rejected.xlsx`), xlsxOf(sheets))]
      : sheets.map((sheet) =>
          write(join(options.to, `${source}-${sheet.stream.replace(/[^\w.-]/g, '_')}-rejected.csv`), csvOf(sheet)),
        );
  if (context.json) return printJson({ files, records: opened.length });
  for (const file of files) print(file);
  say(
    `✔ ${words(`${opened.length} 条;含个人信息,用后删除`, `${opened.length} records; personal data: delete it after use`)}`,
  );
}

async function all(tx: Tx, which: ItemSelection): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  for (;;) {
    const last = found.at(-1);
    const page = await readItems(tx, { ...which, after: last && splitId(last.id) }, BATCH);
    found.push(...page);
    if (page.length < BATCH || found.length >= MOST) return found;
  }
}

/**
 * Made before anything is read, so that no reading is on record for a file that could not be.
 * @throws UsageError CLI_DIRECTORY_UNWRITABLE.
 */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? '';
    throw new UsageError('CLI_DIRECTORY_UNWRITABLE', { params: { directory, reason }, cause });
  }
}

/** @throws UsageError CLI_FILE_UNWRITABLE, also where the file is there already. */
function write(file: string, content: string | Buffer): string {
  try {
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new UsageError('CLI_FILE_UNWRITABLE', {
      params: { file, reason: (cause as NodeJS.ErrnoException).code ?? '' },
      cause,
    });
  }
  return file;
}
