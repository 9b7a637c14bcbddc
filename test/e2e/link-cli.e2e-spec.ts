import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Cli } from '../kit/cli.js';

jest.setTimeout(120_000);

const home = mkdtempSync(join(tmpdir(), 'isthmus-link-'));
const cli = new Cli({
  ...{ PORT: '0', ISTHMUS_DATA_DIR: join(home, 'data') },
  ...{ ISTHMUS_TOWN_DIR: join(home, 'town'), ISTHMUS_DEMO: 'off' },
});
/** Of the region that no person has. */
const NUMBER = '990101195001011005';
const write = (ledger: string, name: string): void =>
  writeFileSync(join(home, ledger, 'ledger.csv'), `姓名,身份证号,性别,联系电话\n${name},${NUMBER},男,15000000010\n`);
const reason = ['--reason', '卷宗 12 号'];

interface Link {
  source: string;
  personKey: string;
  rule: string;
}
const show = (resident: string) => cli.json<{ resident: string; links: Link[] }>(['link', 'show', resident]);
const reviews = (state = 'open') =>
  cli.json<{ total: number; items: { id: string; reason: string; members: Link[] }[] }>([
    ...['link', 'review', 'list', '--state', state],
  ]);

beforeAll(async () => {
  for (const [ledger, name] of [
    ['one', '王小明'],
    ['two', '李四'],
  ] as const) {
    mkdirSync(join(home, ledger));
    write(ledger, name);
    await cli.json(['source', 'add', ledger, '--adapter', 'example-csv', '--set', `directory=${join(home, ledger)}`]);
    await cli.json(['source', 'sync', ledger, '--wait']);
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('a doubt is listed without any personal value, decided, carried out and not raised again', async () => {
  const { total, items } = await reviews();
  expect({ total, reason: items[0]!.reason }).toEqual({ total: 1, reason: 'same-number-other-name' });
  expect(JSON.stringify(items)).not.toMatch(/王小明|李四|990101/);
  const given = await cli.json<{ carriedOut: boolean; residents: string[] }>([
    ...['link', 'review', 'decide', items[0]!.id, 'same', ...reason],
  ]);
  expect(given).toMatchObject({ kind: 'review', decision: 'SAME', pairs: 1, carriedOut: true });
  const [older, younger] = given.residents as [string, string];
  const shown = await show(younger);
  expect(shown.resident).toBe(older);
  expect(shown.links.map(({ source, rule }) => `${source} ${rule}`)).toEqual(['one verdict', 'two verdict']);
  expect((await reviews('decided')).total).toBe(1);

  const { links } = shown;
  const undone = await cli.json(['link', 'undo', older, 'two', links[1]!.personKey, ...reason]);
  expect(undone).toMatchObject({ kind: 'undo', decision: 'DIFFERENT', carriedOut: true });
  expect((await show(older)).links).toHaveLength(1);
  // The parted person has the id of before; his record comes again and nothing changes.
  expect((await show(younger)).resident).toBe(younger);
  write('two', '李四 ');
  await cli.json(['source', 'sync', 'two', '--wait']);
  expect((await show(older)).links).toHaveLength(1);
  expect((await reviews()).total).toBe(0);
});

it.each([
  [['link', 'show', 'nobody'], 'LINK_UNKNOWN'],
  [['link', 'undo', '01990000-0000-7000-8000-000000000000', 'one', 'x', ...reason], 'LINK_UNKNOWN'],
  [['link', 'review', 'decide', '01990000-0000-7000-8000-000000000000', 'SAME', ...reason], 'REVIEW_UNKNOWN'],
  [['link', 'review', 'decide', '01990000-0000-7000-8000-000000000000', 'MAYBE', ...reason], 'CLI_USAGE'],
  [['link', 'review', 'list', '--limit', '0'], 'CLI_USAGE'],
])('%j is refused with exit code 2', async (words, code) => {
  const ran = await cli.run([...words, '--lang', 'en']);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toContain(code);
  expect(ran.stderr).toMatch(/Cure: \S/);
});
