import { print, type CommandContext } from '../context.js';
import { paint, table, when } from '../terminal.js';
import type { Answer } from './answer.js';
import { flatten, type Heading, type Line, type Row } from './flatten.js';
import { lockWords } from './lock-words.js';

/** The answer as one table: field │ value │ source │ as of │ lock. */
export function showAnswer(context: CommandContext, answer: Answer): void {
  const { words } = context;
  const rows = flatten(answer);
  if (rows.length === 0) return;
  const cells = withoutAbsent(context, rows).map((row) =>
    row.kind === 'heading' ? [headingCell(context, row), '', '', '', ''] : lineCells(context, row),
  );
  print(
    table(
      {
        head: [
          words('字段', 'field'),
          words('值', 'value'),
          words('来源', 'source'),
          words('截至', 'as of'),
          words('锁 / 原因', 'lock / why'),
        ],
      },
      cells,
    ),
  );
}

function headingCell({ language }: CommandContext, { depth, label, position }: Heading): string {
  const number = position === null ? '' : ` ${position}`;
  return paint(process.stdout, 'bold', `${'  '.repeat(depth)}▸ ${label[language]}${number}`);
}

function lineCells(context: CommandContext, line: Line): string[] {
  const indent = '  '.repeat(Math.max(0, line.path.length - 1));
  const why = lockWords(context, line.disclosure);
  const stale = line.disclosure.some((one) => one.stale || one.state === 'SOURCE_UNAVAILABLE');
  return [
    `${indent}${line.label[context.language]}`,
    valueText(context, line),
    line.source ?? '',
    line.asOf ? when(line.asOf) : '',
    stale ? paint(process.stdout, 'yellow', why) : why,
  ];
}

function valueText({ words }: CommandContext, { value, codeName }: Line): string {
  if (value === null || value === undefined) return '—';
  if (Array.isArray(value)) return value.length ? value.map(String).join(', ') : words('(无)', '(none)');
  if (typeof value === 'boolean') return value ? words('是', 'yes') : words('否', 'no');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return codeName === null ? text : `${text} ${codeName}`;
}

const isAbsent = (row: Row): row is Line =>
  row.kind === 'value' &&
  row.value === null &&
  row.disclosure.length > 0 &&
  row.disclosure.every((one) => one.state === 'ABSENT' && one.access === 'SHOWN');

/** Fields that no source gives, named in one line where they stand side by side: absent is said, but takes no room. */
function withoutAbsent({ words, language }: CommandContext, rows: readonly Row[]): Row[] {
  const kept: Row[] = [];
  let absent: Line[] = [];
  const flush = (): void => {
    const first = absent[0];
    if (first)
      kept.push({
        ...first,
        label: { zh: '(无来源提供)', en: '(no source gives)' },
        value: absent.map((one) => one.label[language]).join(words('、', ', ')),
        codeName: null,
        disclosure: [],
      });
    absent = [];
  };
  for (const row of rows) {
    if (isAbsent(row)) absent.push(row);
    else if (row.kind === 'heading') {
      flush();
      kept.push(row);
    } else kept.push(row);
  }
  flush();
  return kept;
}
