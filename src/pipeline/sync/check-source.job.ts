import { Inject, Injectable } from '@nestjs/common';
import { IsthmusError } from '../../platform/kernel/index.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/index.js';
import { openSource, type CheckResult } from '../adapter-kit/index.js';
import { transact, type Engine } from './engine.js';
import { sourceGate } from './source-gate.repository.js';
import { sourceSettings, storedAdapter } from './source.repository.js';
import { ENGINE } from './sync.tokens.js';

/** A check is no long question: each of its requests is given up after this, and all of them together. */
const REQUEST_SECONDS = 8;
const CHECK_TIMEOUT_MS = 30_000;

/** Asks a source whether it answers, and records the answer: a value served from a source that is down is stale. */
@Injectable()
@HandlesJob('check-source')
export class CheckSourceJob implements JobHandler<'check-source'> {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  async handle(data: { source: string }): Promise<void> {
    await checkSource(this.engine, data.source);
  }
}

/** Checks one source now and stores the result. */
export async function checkSource(engine: Engine, source: string): Promise<CheckResult> {
  const result = await ask(engine, source);
  // Not asked for want of budget: that says nothing about the source.
  if (result.code === 'SOURCE_BUDGET') return result;
  await transact(engine, (tx) =>
    tx.query(
      `UPDATE control.source SET check_state = $2, check_code = $3, checked_at = clock_timestamp() WHERE id = $1`,
      [source, result.ok ? 'OK' : 'DOWN', result.code ?? null],
    ),
  );
  return result;
}

async function ask(engine: Engine, source: string): Promise<CheckResult> {
  try {
    const { adapter, settings } = await transact(engine, async (tx) => {
      const { adapterHash, settings } = await sourceSettings(tx, engine.keyring, source);
      return { adapter: await storedAdapter(tx, adapterHash), settings };
    });
    const { limits } = adapter.manifest;
    const requestSeconds = Math.min(limits?.requestSeconds ?? REQUEST_SECONDS, REQUEST_SECONDS);
    const manifest = { ...adapter.manifest, limits: { ...limits, requestSeconds } };
    const connection = await openSource(manifest, settings, sourceGate(engine, source, manifest));
    try {
      const result = await connection.check(AbortSignal.timeout(CHECK_TIMEOUT_MS));
      // A source that is left alone is as it was when that began.
      return result.code === 'SOURCE_PAUSED' ? { ...result, code: String(result.params?.['cause']) } : result;
    } finally {
      await connection.close();
    }
  } catch (error) {
    return { ok: false, code: error instanceof IsthmusError ? error.code : 'INTERNAL', latencyMs: 0 };
  }
}
