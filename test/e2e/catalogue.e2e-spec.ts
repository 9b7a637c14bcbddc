import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { Cli } from '../kit/cli.js';
import { unzip } from '../kit/unzip.js';

const home = mkdtempSync(join(tmpdir(), 'isthmus-catalogue-'));
const cli = new Cli({ PORT: '0', ISTHMUS_DATA_DIR: join(home, 'data'), ISTHMUS_DEMO: 'off' });
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('isthmus catalogue', () => {
  it('lists, searches and shows the standard without a database', async () => {
    const all = await cli.run(['catalogue', 'list', '--standard', '--json']);
    expect(JSON.parse(all.stdout)).toHaveLength(11);
    const found = await cli.run(['catalogue', 'list', '--standard', '--json', '--text', '低保', '--level', '4']);
    expect(JSON.parse(found.stdout)).toMatchObject([{ code: '302002/000001', shareType: 'conditional' }]);
    const shown = await cli.run(['catalogue', 'show', '101001/000001', '--standard', '--lang', 'zh']);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/信息资源代码[^]*共享条件[^]*证件号码/);
    const unknown = await cli.run(['catalogue', 'show', '999999/000001', '--standard']);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('CATALOGUE_UNKNOWN');
  });

  it('exports a workbook once, and no file over another', async () => {
    const file = join(home, 'catalogue.xlsx');
    const words = ['catalogue', 'export', '--standard', '--to', file];
    expect(await cli.run(words)).toMatchObject({ code: 0, stdout: `${file}\n` });
    for (const [name, text] of unzip(readFileSync(file)))
      expect([name, XMLValidator.validate(text)]).toEqual([name, true]);
    expect((await cli.run(words)).stderr).toContain('CLI_FILE_UNWRITABLE');
    expect(await cli.run(['catalogue', 'export', '--standard'])).toMatchObject({ code: 2, stdout: '' });
    const csv = await cli.run(['catalogue', 'export', '--standard', '--format', 'csv']);
    expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength(91);
  });
});
