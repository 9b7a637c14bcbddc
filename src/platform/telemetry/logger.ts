import { pino, type DestinationStream, type LoggerOptions } from 'pino';
import { errorFields } from './error-fields.js';
import { eventName, loggable, type LogFields } from './log-fields.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * One JSON line an event on stderr (stdout is for data). An event has a fixed name (`sync-page-committed`) and fields
 * of the allow-list; everything else is dropped and counted.
 */
export class Logger {
  readonly #pino: pino.Logger;

  constructor({ level = 'info', destination }: { level?: string; destination?: DestinationStream } = {}) {
    const options: LoggerOptions = {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    };
    // Written at once: the last lines before a crash are the ones that matter.
    this.#pino = pino(options, destination ?? pino.destination({ fd: 2, sync: true }));
  }

  debug(event: string, fields?: LogFields): void {
    this.write('debug', event, fields);
  }

  info(event: string, fields?: LogFields): void {
    this.write('info', event, fields);
  }

  warn(event: string, fields?: LogFields): void {
    this.write('warn', event, fields);
  }

  /** @param error told by code, class and place; never by its text. */
  error(event: string, error?: unknown, fields: LogFields = {}): void {
    this.write('error', event, error === undefined ? fields : { ...errorFields(error), ...fields });
  }

  /** For callers whose fields are not typed: the allow-list holds for them too. */
  write(level: LogLevel, event: string, fields: Readonly<Record<string, unknown>> = {}): void {
    if (!this.#pino.isLevelEnabled(level)) return;
    this.#pino[level]({ event: eventName(event), ...loggable(fields) });
  }
}
