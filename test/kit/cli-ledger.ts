import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cli } from './cli.js';
import { syntheticId } from './sync-bench.js';

export interface LedgerPerson {
  name: string;
  number: string;
}

/** A command line without the demo in a directory of its own, beside a ledger of twelve people as CSV. */
export class CliLedger {
  readonly home = mkdtempSync(join(tmpdir(), 'isthmus-cli-'));
  readonly data = join(this.home, 'data');
  readonly ledger = join(this.home, 'ledger');
  readonly cli = new Cli({
    PORT: '0',
    ISTHMUS_DATA_DIR: this.data,
    ISTHMUS_TOWN_DIR: join(this.home, 'town'),
    ISTHMUS_DEMO: 'off',
  });
  readonly people: LedgerPerson[] = Array.from({ length: 12 }, (_, at) => ({
    name: `测${'甲乙丙丁戊己庚辛壬癸子丑'[at]}`,
    number: syntheticId(100 + at),
  }));

  constructor() {
    mkdirSync(this.ledger);
    this.write(this.people);
  }

  write(rows: readonly LedgerPerson[]): void {
    const lines = rows.map(({ name, number }, at) => `${name},${number},男,150000000${10 + at}`);
    writeFileSync(join(this.ledger, 'ledger.csv'), `姓名,身份证号,性别,联系电话\n${lines.join('\n')}\n`);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
