import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { syncBench, type SyncBench } from '../../../test/kit/sync-bench.js';
import { readGates, type GateView } from './index.js';

describe('how a gate is shown', () => {
  let bench: SyncBench;
  beforeAll(async () => {
    bench = await syncBench();
    await bench.source('slow');
    await bench.db.admin(`INSERT INTO control.source_gate (source) VALUES ('slow')`);
  });
  afterAll(() => bench.close());

  const view = async (gate: string): Promise<GateView> => {
    await bench.db.admin(
      `UPDATE control.source_gate SET open_until = NULL, next_at = NULL, cause = NULL, failures = 0`,
    );
    await bench.db.admin(`UPDATE control.source_gate SET ${gate}`);
    return (await bench.db.database.withContext('worker', { actor: 'test' }, readGates))('slow');
  };
  const IN_A_MINUTE = `clock_timestamp() + interval '1 minute'`;

  it('is open while the source is left alone because of Retry-After, though the breaker itself is closed', async () => {
    const shown = await view(`next_at = ${IN_A_MINUTE}, failures = 1, cause = 'CONNECTOR_BUSY'`);
    expect(shown).toMatchObject({ state: 'OPEN', until: expect.any(Date), cause: 'CONNECTOR_BUSY' });
  });

  it('stays open when a request that was under way is answered meanwhile', async () => {
    expect(await view(`next_at = ${IN_A_MINUTE}`)).toMatchObject({ state: 'OPEN', until: expect.any(Date) });
  });

  it('is open with its end while the breaker is', async () => {
    const shown = await view(`open_until = ${IN_A_MINUTE}, cause = 'CONNECTOR_UNREACHABLE'`);
    expect(shown).toMatchObject({ state: 'OPEN', until: expect.any(Date), cause: 'CONNECTOR_UNREACHABLE' });
  });

  it.each([
    ['the slow pace of a source that is well', `next_at = clock_timestamp() + interval '10 seconds'`, 'CLOSED'],
    ['a Retry-After that is over', `next_at = clock_timestamp() - interval '1 second', failures = 1`, 'CLOSED'],
    ['an open time that is over', `open_until = clock_timestamp() - interval '1 second'`, 'HALF_OPEN'],
  ])('has no end for %s', async (_what, gate, state) => {
    expect(await view(gate)).toMatchObject({ state, until: null });
  });
});
