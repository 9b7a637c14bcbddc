import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { Injectable, Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import fc from 'fast-check';
import { RetriableError } from '../kernel/index.js';
import { pauseBefore } from './backoff.js';
import { findHandlers } from './find-handlers.js';
import { HandlesJob, JobMark, type JobHandler } from './handles-job.js';
import { JOB_NAMES, JOBS } from './jobs.js';
import { isSchemaLost } from './postgres-schema.js';

const marked = (job: string, className = `${job}-class`) => ({ job, className, instance: { handle: async () => {} } });
const all = JOB_NAMES.map((name) => marked(name));

describe('the handlers of jobs', () => {
  it('are one for each job of the catalogue', () => {
    expect([...findHandlers(all).keys()].sort()).toEqual([...JOB_NAMES].sort());
  });

  it('stop the start when one is missing, double or for no job', () => {
    expect(() => findHandlers(all.slice(1))).toThrow(
      expect.objectContaining({ code: 'QUEUE_HANDLER_MISSING', params: { job: JOB_NAMES[0] } }),
    );
    expect(() => findHandlers([...all, marked('link', 'Other')])).toThrow(
      expect.objectContaining({
        code: 'QUEUE_HANDLER_DOUBLE',
        params: { job: 'link', first: 'link-class', second: 'Other' },
      }),
    );
    expect(() => findHandlers([...all, marked('nothing')])).toThrow(
      expect.objectContaining({ code: 'QUEUE_HANDLER_UNKNOWN' }),
    );
  });

  it('are found by their mark, which only fits a class that takes the job', async () => {
    @HandlesJob('link')
    @Injectable()
    class LinkJob implements JobHandler<'link'> {
      async handle(): Promise<void> {}
    }
    // @ts-expect-error the data of check-source have no stream
    @HandlesJob('check-source')
    class Misfit {
      async handle(_data: { stream: number }): Promise<void> {}
    }
    @Module({ imports: [DiscoveryModule], providers: [LinkJob] })
    class Room {}
    const app = await Test.createTestingModule({ imports: [Room] }).compile();
    const discovery = app.get(DiscoveryService, { strict: false });
    const found = discovery.getProviders({ metadataKey: JobMark.KEY });
    expect(found.map((one) => [one.name, discovery.getMetadataByDecorator(JobMark, one)])).toEqual([
      ['LinkJob', 'link'],
    ]);
    expect(Misfit).toBeDefined();
  });
});

describe('the pause before the next try', () => {
  it('grows, is capped, is spread, and never undercuts what the other side asked for', () => {
    const spec = JOBS['sync-stream'];
    expect([1, 2, 3].map((attempt) => pauseBefore(spec, attempt, null, () => 1))).toEqual([1_000, 2_000, 4_000]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, luck) => {
        const pause = pauseBefore(spec, attempt, null, () => luck);
        expect(pause >= 0 && pause <= spec.backoffMs[1]).toBe(true);
      }),
      { seed: 3, numRuns: 200 },
    );
    expect(pauseBefore(spec, 1, new RetriableError('X', { retryAfterMs: 90_000 }), () => 0)).toBe(90_000);
  });
});

describe('a lost store', () => {
  it('is told from other trouble by its SQL state', () => {
    expect(['42P01', '42883', '3F000'].every((code) => isSchemaLost(Object.assign(new Error(), { code })))).toBe(true);
    for (const error of [new Error('x'), { code: 'ECONNREFUSED' }, { code: '42501' }, null, undefined])
      expect(isSchemaLost(error)).toBe(false);
  });
});
