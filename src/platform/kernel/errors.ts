/** Whose fault a failure is. */
export type Origin = 'source' | 'mapping' | 'policy' | 'gateway';

/** Where it happened: names and numbers only, never a value taken from a record. */
export interface Where {
  adapter?: string;
  source?: string;
  stream?: string;
  row?: number;
  field?: string;
  pointer?: string;
  file?: string;
  setting?: string;
}

export interface ErrorDetails {
  origin?: Origin;
  where?: Where;
  /** Fills the `{name}` places of the catalogue text; never personal data. */
  params?: Record<string, string | number>;
  cause?: unknown;
}

/**
 * The root of all errors with a catalogue code. Subclasses are sorted by what is to be done about them,
 * so a caller decides by class and a person reads by code (`platform/messages`).
 */
export abstract class IsthmusError extends Error {
  readonly origin: Origin;
  readonly where: Where;
  readonly params: Record<string, string | number>;
  constructor(
    readonly code: string,
    details: ErrorDetails = {},
  ) {
    super(code, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.origin = details.origin ?? 'gateway';
    this.where = details.where ?? {};
    this.params = details.params ?? {};
  }
}

/** The operator must change a setting, a manifest or the machine; trying again is useless. */
export class ConfigurationError extends IsthmusError {}
/** The caller used a command or a query wrongly. */
export class UsageError extends IsthmusError {}
/** Passing trouble: try again later, not before `retryAfterMs`. */
export class RetriableError extends IsthmusError {
  constructor(code: string, details: ErrorDetails & { retryAfterMs?: number } = {}) {
    super(code, details);
    this.retryAfterMs = details.retryAfterMs;
  }
  readonly retryAfterMs: number | undefined;
}
/** One record is bad: it goes to quarantine and the rest goes on. */
export class SkippableError extends IsthmusError {}
/** The run cannot go on, and a retry would meet the same. */
export class FatalError extends IsthmusError {}
/** Refused by policy. */
export class ForbiddenError extends IsthmusError {}
