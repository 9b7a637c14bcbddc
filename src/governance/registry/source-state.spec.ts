import { describe, expect, it } from '@jest/globals';
import { type SourceFacts, sourceAsOf, sourceState, type StreamFacts } from './source-state.js';

const now = new Date('2026-11-01T12:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);
const stream = (more: Partial<StreamFacts> = {}): StreamFacts => ({
  stream: 1,
  name: 's',
  entity: 'Person',
  asOf: ago(10),
  held: false,
  lastState: 'SUCCEEDED',
  lastOrigin: null,
  ...more,
});
const source = (more: Partial<SourceFacts> = {}): SourceFacts => ({
  id: 'police',
  domain: 'police',
  suspended: false,
  checkOk: true,
  scheduleSeconds: null,
  streams: [stream()],
  ...more,
});

describe('the state of a source', () => {
  it.each<[string, Partial<SourceFacts>, string]>([
    ['checked and synced', {}, 'OK'],
    ['never checked yet synced', { checkOk: null }, 'OK'],
    ['stopped by a supervisor', { suspended: true, checkOk: false }, 'SUSPENDED'],
    ['held', { streams: [stream(), stream({ held: true })] }, 'HELD'],
    ['its last run held', { streams: [stream({ lastState: 'HELD' })] }, 'HELD'],
    ['check failed', { checkOk: false }, 'DOWN'],
    ['run failed at the source', { streams: [stream({ lastState: 'FAILED', lastOrigin: 'source' })] }, 'DOWN'],
    ['run failed by our fault', { streams: [stream({ lastState: 'FAILED', lastOrigin: 'gateway' })] }, 'STALE'],
    ['nothing yet', { streams: [stream({ asOf: null, lastState: null })] }, 'NEVER_SYNCED'],
    ['without streams', { streams: [] }, 'NEVER_SYNCED'],
    ['one stream missing', { streams: [stream(), stream({ asOf: null })] }, 'STALE'],
    ['on time', { scheduleSeconds: 60, streams: [stream({ asOf: ago(179) })] }, 'OK'],
    ['late', { scheduleSeconds: 60, streams: [stream({ asOf: ago(181) })] }, 'STALE'],
  ])('%s', (_, more, state) => {
    expect(sourceState(source(more), now)).toBe(state);
  });

  it('is as old as its oldest stream', () => {
    expect(sourceAsOf(source({ streams: [stream(), stream({ asOf: ago(99) })] }))).toEqual(ago(99));
  });
});
