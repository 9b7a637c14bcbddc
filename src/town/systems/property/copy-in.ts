import { once } from 'node:events';
import type { Client } from 'pg';
import { from, type CopyStreamQuery } from 'pg-copy-streams';
import { COPIED, type TableName } from './schema.js';

const FLUSH_AT = 1 << 16;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A cell of COPY's text format; null and undefined become NULL. */
export const copyCell = (value: string | null | undefined): string =>
  value === null || value === undefined ? '\\N' : value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!);

/** COPY … FROM STDIN into the filled columns of one table. */
export class CopyIn {
  private readonly stream: CopyStreamQuery;
  private readonly columns: readonly string[];
  private buffer = '';
  private failure: Error | null = null;
  count = 0;

  constructor(client: Client, table: TableName) {
    this.columns = COPIED[table];
    this.stream = client.query(from(`COPY ${table} (${this.columns.join(', ')}) FROM STDIN`));
    this.stream.on('error', (error) => (this.failure = error));
  }

  async row(values: Record<string, string | null>): Promise<void> {
    this.buffer += `${this.columns.map((column) => copyCell(values[column])).join('\t')}\n`;
    this.count += 1;
    if (this.buffer.length >= FLUSH_AT) await this.flush();
  }

  private async flush(): Promise<void> {
    if (this.failure) throw this.failure;
    const text = this.buffer;
    this.buffer = '';
    if (!this.stream.write(text)) await once(this.stream, 'drain');
  }

  async end(): Promise<number> {
    await this.flush();
    this.stream.end();
    if (!this.stream.writableFinished) await once(this.stream, 'finish');
    if (this.failure) throw this.failure;
    return this.count;
  }
}
