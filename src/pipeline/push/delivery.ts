import type { JsonObject } from '../../platform/kernel/index.js';

/** A request as it came, before anything is believed. */
export interface Delivery {
  /** Header names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

/** One event whose sender is known. */
export interface PushedEvent {
  /** Together with the stream it names the event: a second delivery is none. */
  id: string;
  type: string;
  /** The source's own time of the event; null when it gives none. */
  occurredAt: Date | null;
  /** What the form says of the event besides its data. */
  attributes: Readonly<Record<string, unknown>>;
  data: JsonObject;
}

/** What a form of push has to know of its stream. */
export interface PushRules {
  /** Each of them is accepted, so that a secret can be changed while the system sends. */
  secrets: readonly string[];
  windowSeconds: number;
  now: Date;
}
