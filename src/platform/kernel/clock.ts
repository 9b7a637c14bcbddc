/** The process clock. Leases and ordering never use it: they take the database's. */
export interface Clock {
  now(): Date;
}
export const systemClock: Clock = { now: () => new Date() };
