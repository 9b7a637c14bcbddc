import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SkippableError } from '../kernel/index.js';
import { LOG_FIELDS } from './log-fields.js';
import { Logger } from './logger.js';
import { NestLogger } from './nest-logger.js';

function captured(level = 'debug'): { logger: Logger; lines: () => Record<string, unknown>[]; text: () => string } {
  let text = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return {
    logger: new Logger({ level, destination }),
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** Things that must never be in a log, in the forms in which they travel. */
const PERSONAL = [
  '99010119900307123X',
  '990101199003071232',
  '990101900307123',
  '９９０１０１１９９００３０７１２３Ｘ',
  '张三',
  '欧阳娜娜',
  'Zhang San',
  '13800138000',
  '138-0013-8000',
  '+8613800138000',
  '某县某镇幸福路1号2幢301室',
  '民政〔2026〕第1号',
];

describe('the log', () => {
  it('writes one JSON line an event, with time, level and the fields that are allowed', () => {
    const { logger, lines } = captured();
    logger.info('sync-page-committed', {
      source: 'police',
      stream: 'registration',
      run: 7,
      page: 2,
      ms: 12.5,
      balanced: true,
    });
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'info',
        event: 'sync-page-committed',
        source: 'police',
        stream: 'registration',
        run: 7,
        page: 2,
        ms: 12.5,
        balanced: true,
      }),
    ]);
    expect(String(lines()[0]!['time'])).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it.each(PERSONAL)('never lets %s through, whatever field it is put into', (secret) => {
    const { logger, text } = captured();
    const forms = [secret, [secret], { name: secret }, Number(secret), `police-${secret}`, `${secret}.1`];
    for (const form of forms) {
      for (const field of [...Object.keys(LOG_FIELDS), 'name', 'msg', 'err', 'event', 'time', 'level', 'pid'])
        logger.write('info', 'record-refused', { [field]: form });
      logger.write('info', String(form), { [String(form)]: 1 });
      logger.error('failed', form);
      logger.error('failed', new Error(`bad value ${String(form)}\n    at src/${secret}.ts:1:1`));
      logger.error(
        'failed',
        Object.assign(new Error('x'), { code: secret, detail: secret, name: secret, where: secret }),
      );
      logger.error('failed', new SkippableError('CONFORM', { params: { value: secret }, where: { source: secret } }));
      const nest = new NestLogger(logger);
      nest.log(form, secret);
      nest.error(new Error(secret), secret, secret);
    }
    expect(text().length).toBeGreaterThan(1000);
    expect(
      text()
        .split('\n')
        .find((line) => line.includes(secret)),
    ).toBeUndefined();
    const digits = String(Number(secret));
    if (digits !== 'NaN')
      expect(
        text()
          .split('\n')
          .find((line) => line.includes(digits)),
      ).toBeUndefined();
  });

  it('drops what is not on its list, even harmless, and counts it', () => {
    const { logger, lines, text } = captured();
    logger.write('info', 'page-read', { source: 'police', colour: 'red', body: { a: 1 }, ['__proto__x']: 1, run: 3 });
    expect(lines()[0]).toMatchObject({ source: 'police', run: 3, dropped: 3 });
    expect(Object.keys(lines()[0]!).sort()).toEqual(['dropped', 'event', 'level', 'pid', 'run', 'source', 'time']);
    expect(text()).not.toMatch(/colour|red|body|proto/);
  });

  it('holds no text of anybody’s: any string of Chinese or spaces is dropped and counted', () => {
    const { logger, lines } = captured();
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(LOG_FIELDS)),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (field, value) => {
          logger.write('info', 'x-y', { [field]: value });
          const { pid: _pid, level: _level, time: _time, event: _event, ...rest } = lines().at(-1)!;
          expect(/[^\x21-\x7e]/.test(value) ? rest : { dropped: 1 }).toEqual({ dropped: 1 });
        },
      ),
      { seed: 11, numRuns: 300 },
    );
  });

  it('tells an error by code, class, fault and place, not by its text', () => {
    const { logger, lines } = captured();
    const cause = Object.assign(new Error('duplicate key (id)=(1)'), { code: '23505', detail: 'Key (id)=(1)' });
    logger.error(
      'page-failed',
      new SkippableError('CODE_UNKNOWN', { origin: 'mapping', where: { source: 'civil', row: 3 }, cause }),
    );
    expect(lines()[0]).toMatchObject({
      level: 'error',
      event: 'page-failed',
      code: 'CODE_UNKNOWN',
      kind: 'SkippableError',
      origin: 'mapping',
      source: 'civil',
      row: 3,
      sqlState: '23505',
    });
    expect(lines()[0]!['frames']).toEqual(
      expect.arrayContaining([expect.stringMatching(/^src\/platform\/telemetry\//)]),
    );
  });

  it('is silent below its level', () => {
    const { logger, text } = captured('warn');
    logger.info('quiet');
    logger.warn('loud');
    expect(text()).toContain('loud');
    expect(text()).not.toContain('quiet');
  });
});
