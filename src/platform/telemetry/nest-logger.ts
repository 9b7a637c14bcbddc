import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Nest's own log in our form. Its messages are free text, so only where they come from is kept. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(_message: unknown, ...rest: unknown[]): void {
    this.logger.write('debug', 'nest', { context: contextOf(rest) });
  }

  warn(_message: unknown, ...rest: unknown[]): void {
    this.logger.write('warn', 'nest-warning', { context: contextOf(rest) });
  }

  error(message: unknown, ...rest: unknown[]): void {
    const context = contextOf(rest);
    this.logger.error('nest-error', message instanceof Error ? message : undefined, context ? { context } : {});
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

/** Nest passes the context last. */
const contextOf = (rest: readonly unknown[]): string | undefined => {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : undefined;
};
