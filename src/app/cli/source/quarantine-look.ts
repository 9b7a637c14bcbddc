import type { Inquiry } from '../../../governance/policy/index.js';
import { openItems, readItems, splitId, type Cell, type StoredItem } from '../../../pipeline/desk/index.js';
import { hidesCitizenId, UsageError } from '../../../platform/kernel/index.js';
import { speak } from '../../../platform/messages/index.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import { paint, table, when } from '../terminal.js';
import { withRuntime } from '../with-runtime.js';
import { operatorHere } from './operator-here.js';
import type { ShowOptions, WhichOptions } from './quarantine-options.js';

/**
 * Who sits at this machine asks as its operator.
 * @throws UsageError CLI_ID_NUMBER_OPTION for a purpose or case that holds a number.
 */
export function inquiryHere({ purpose, case: caseNo }: ShowOptions): Inquiry {
  for (const [option, text] of Object.entries({ '--purpose': purpose, '--case': caseNo }))
    if (hidesCitizenId(text ?? '')) throw new UsageError('CLI_ID_NUMBER_OPTION', { params: { option } });
  const { actor, unit, person } = operatorHere();
  return {
    requester: { tokenId: actor, role: 'operator', unit, person },
    purpose: purpose ?? null,
    caseNo: caseNo ?? null,
    area: null,
    time: new Date(),
  };
}

const told = ({ id, source, streamName, key, reason, pointer, shape, times, recordedAt }: StoredItem) => ({
  ...{ id, source, stream: streamName, key, reason, pointer, shape, times, recordedAt },
});

export async function listCommand(context: CommandContext, source: string, options: WhichOptions): Promise<void> {
  const { words, language } = context;
  const first = Number(options.first);
  if (!/^\d{1,5}$/.test(options.first) || first < 1)
    throw new UsageError('CLI_USAGE', { params: { problem: '--first 1…99999' } });
  const items = await withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, (tx) => readItems(tx, { source, reason: options.reason }, first)),
  );
  if (context.json) return printJson({ items: items.map(told) });
  if (items.length === 0) return say(words('没有等待处理的记录', 'Nothing waits'));
  print(
    table(
      {
        head: [
          words('编号', 'id'),
          words('数据流', 'stream'),
          words('键', 'key'),
          words('位置', 'place'),
          words('形状', 'shape'),
          words('次数', 'times'),
          words('原因', 'reason'),
        ],
        right: [5],
      },
      items.map((one) => [
        ...[one.id, one.streamName, one.key ?? '—', one.pointer || '—', one.shape, String(one.times)],
        `${one.reason} ${speak(one.reason, language, { shape: one.shape }).text}`,
      ]),
    ),
  );
}

export async function showCommand(context: CommandContext, id: string, options: ShowOptions): Promise<void> {
  splitId(id);
  const { words, language } = context;
  const inquiry = inquiryHere(options);
  const item = await withRuntime(context, ({ database, keyring }) =>
    database.withContext('worker', { actor: 'cli' }, async (tx): Promise<StoredItem & { cells?: Cell[] | null }> => {
      const items = await readItems(tx, { ids: [id] }, 1);
      if (items.length === 0) throw new UsageError('QUARANTINE_UNKNOWN', { params: { count: 1 } });
      if (options.purpose === undefined && options.case === undefined) return items[0]!;
      return (await openItems(tx, keyring, items, inquiry)).opened[0]!;
    }),
  );
  if (context.json) return printJson({ ...told(item), ...(item.cells === undefined ? {} : { values: item.cells }) });
  const { text, cure } = speak(item.reason, language, { shape: item.shape });
  print(`${item.id}  ${item.source}/${item.streamName}  ${item.key ?? '—'}  ${when(item.recordedAt)} ×${item.times}`);
  print(`${paint(process.stdout, 'yellow', item.reason)} ${text}  ${item.pointer || '—'}  ${item.shape}`);
  say(`${words('处理办法:', 'Cure: ')}${cure}`);
  if (item.cells === undefined) say(words('值须给出 --purpose 与 --case', 'Values need --purpose and --case'));
  else if (item.cells === null) say(words('记录本身无法解析', 'The record itself cannot be read'));
  else
    print(
      table(
        { head: ['', words('位置', 'place'), words('值', 'value'), words('形状', 'shape')] },
        item.cells.map((cell) => [
          cell.bad ? '✘' : '',
          cell.pointer,
          cell.value ?? (cell.access === 'SHOWN' ? '—' : '***'),
          cell.shape,
        ]),
      ),
    );
}
