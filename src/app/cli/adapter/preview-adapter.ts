import { previewAdapter, type PreviewRow } from '../../../pipeline/adapter-kit/index.js';
import { hidesCitizenId, UsageError } from '../../../platform/kernel/index.js';
import { speak } from '../../../platform/messages/index.js';
import type { PreviewCommandOptions } from './options.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import { adapterDirectory, chooseAdapter } from '../source/choose-adapter.js';
import { readSettings } from '../source/read-settings.js';
import { paint, table } from '../terminal.js';

const VALUE_LENGTH = 36;

/** Raw record, mapped record and problem side by side, for the eyes of whoever runs it; nothing is written. */
export async function previewCommand(
  context: CommandContext,
  directory: string,
  options: PreviewCommandOptions,
): Promise<void> {
  const { words } = context;
  const rows = Number(options.rows);
  if (!/^\d{1,4}$/.test(options.rows) || rows < 1)
    throw new UsageError('CLI_USAGE', { params: { problem: '--rows 1…9999' } });
  const { manifest } = chooseAdapter(directory);
  const settings = readSettings(manifest.id, manifest, options);
  const whole = await previewAdapter(adapterDirectory(directory), settings, rows, {
    ...(options.stream ? { streams: options.stream } : {}),
  });
  const preview = options.showValues ? whole : (masked(whole) as typeof whole);
  if (context.json) printJson(preview);
  else
    for (const { stream, rows: shown, counts, expectedTotal } of preview.streams) {
      print(
        `${paint(process.stdout, 'bold', stream)}  ${words('读取', 'read')} ${counts.read}${expectedTotal === null ? '' : `/${expectedTotal}`} · ${words('接受', 'accepted')} ${counts.accepted} · ${words('有提示', 'with notes')} ${counts.warnings} · ${words('拒绝', 'rejected')} ${counts.rejected} · ${words('跳过', 'skipped')} ${counts.skipped} · ${words('删除', 'deleted')} ${counts.deleted}`,
      );
      if (shown.length) print(sideBySide(context, shown));
    }
  say(
    options.showValues
      ? words(
          '以上是个人信息原文:勿转发、勿留存',
          'The values above are personal data as they are: pass on and keep nothing',
        )
      : words(
          '以上含个人信息;形似证件号的值已打码(--show-values 显示原文)',
          'The values above are personal data; what looks like an ID number is masked (--show-values shows it)',
        ),
  );
  say(words('未写入任何数据,未推进游标', 'Nothing was written, no cursor was moved'));
}

/** The same with all but the first characters of whatever looks like an ID number made unreadable. */
function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskShapes(value);
  if (typeof value === 'number') return hidesCitizenId(String(value)) ? maskShapes(String(value)) : value;
  if (Array.isArray(value)) return value.map(masked);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [maskShapes(name), masked(one)]));
}

function maskShapes(text: string): string {
  if (!hidesCitizenId(text)) return text;
  let shown = 0;
  return text.normalize('NFKC').replace(/[\dXx]/g, (character) => (shown++ < 4 ? character : '*'));
}

function sideBySide(context: CommandContext, rows: readonly PreviewRow[]): string {
  const { words } = context;
  return table(
    {
      head: ['#', words('原始', 'raw'), words('映射结果', 'mapped'), words('问题', 'problem')],
      lines: true,
      right: [0],
    },
    rows.map((row, at) => [String(at + 1), rawOf(row), mappedOf(row), problemOf(context, row)]),
  );
}

const cut = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const points = Array.from(text.replace(/\s+/g, ' '));
  return points.length <= VALUE_LENGTH ? points.join('') : `${points.slice(0, VALUE_LENGTH - 1).join('')}…`;
};

const rawOf = ({ raw }: PreviewRow): string =>
  raw === null
    ? '—'
    : Object.entries(raw)
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => `${name}: ${cut(value)}`)
        .join('\n');

const mappedOf = ({ records, key }: PreviewRow): string =>
  records
    .flatMap(({ entity, part, values }) => [
      `${entity}${part ? ` [${part}]` : ''}${part === '' && key !== null ? `  ⟵ ${cut(key)}` : ''}`,
      ...Object.entries(values).map(([field, value]) => `  ${field} = ${cut(value)}`),
    ])
    .join('\n') || '—';

const MARKS: Record<PreviewRow['state'], string> = {
  accepted: '✔',
  warning: '✔',
  deleted: '−',
  skipped: '○',
  rejected: '✘',
};

function problemOf({ language }: CommandContext, { state, problems }: PreviewRow): string {
  const said = problems
    .filter(({ params }) => params['state'] !== 'EMPTY')
    .flatMap(({ code, pointer, params }) => {
      const { text, cure } = speak(code, language, { pointer, ...params });
      return state === 'rejected' ? [`${code} ${pointer}`, text, `→ ${cure}`] : [text];
    });
  return [MARKS[state], ...said].join('\n');
}
