import type { LoginRole } from '../../src/platform/database/index.js';

/** What a worker process is told. */
export interface WorkerOrder {
  urls: Record<LoginRole, string>;
  keysDir: string;
  /** Sources whose open runs it carries on, in this order. */
  sources: string[];
  owner: string;
  pageSize: number;
  leaseSeconds: number;
  /** Link and unify too, while it syncs. */
  link: boolean;
  linkBatch?: number;
  /** Sends itself a signal after the nth time a page transaction passes the named step. */
  halt?: { step: string; nth: number; signal: 'SIGKILL' | 'SIGSTOP' };
  /** Kills itself before it sends the given statement of the nth page transaction; COMMIT is the last one. */
  dieBefore?: { statement: number; page: number };
  /** How far the clock of its machine is off. */
  clockSeconds?: number;
}

/** What a worker process says. */
export type WorkerLine =
  | { kind: 'ready' }
  | { kind: 'page'; run: number; read: number }
  /** A page transaction has been committed, by so many statements. */
  | { kind: 'committed'; statements: number }
  | { kind: 'linked'; persons: number }
  | { kind: 'halt'; step: string }
  | { kind: 'ended'; run: number; result: string }
  | { kind: 'trouble'; what: string }
  | { kind: 'done' };
