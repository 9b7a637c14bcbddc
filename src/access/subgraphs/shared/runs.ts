import type { Operation } from './operation.js';

/** What a value's run tells about it. A replay read nothing: its values are as old as the records it took up. */
export interface RunFacts {
  adapterVersion: string;
  mappingVersion: string;
  startedAt: Date | null;
}

/** The run that wrote a value; runs are kept as long as the values they wrote. */
export const runFacts = (operation: Operation, run: number): Promise<RunFacts | undefined> =>
  operation.load('run', String(run), async (ids) => {
    const rows = await operation.prepared<{
      id: number;
      adapter_version: string;
      mapping_version: string;
      started_at: Date | null;
    }>(
      `SELECT id, adapter_version, mapping_version, coalesce((selection->>'asOf')::timestamptz, started_at) AS started_at
       FROM control.sync_run WHERE id = ANY($1::int4[])`,
      [ids],
    );
    return new Map(
      rows.map((row) => [
        String(row.id),
        { adapterVersion: row.adapter_version, mappingVersion: row.mapping_version, startedAt: row.started_at },
      ]),
    );
  });
