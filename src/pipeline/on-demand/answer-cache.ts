import type { Answer } from './answer.js';

const MOST = 2_000;

/**
 * Answers of the last seconds, in this process's memory alone. Keys are keyed indexes of what was asked, so that no
 * identifier lies here; what was answered goes with its time.
 */
export class AnswerCache {
  readonly #entries = new Map<string, { until: number; answer: Answer }>();

  get(key: string, now: number): Answer | null {
    const entry = this.#entries.get(key);
    if (entry === undefined) return null;
    if (entry.until > now) return { ...entry.answer, remembered: true };
    this.#entries.delete(key);
    return null;
  }

  put(key: string, answer: Answer, seconds: number, now: number): void {
    if (seconds === 0) return;
    this.#entries.delete(key);
    for (const [old, { until }] of this.#entries) {
      if (until > now && this.#entries.size < MOST) break;
      this.#entries.delete(old);
    }
    this.#entries.set(key, { until: now + seconds * 1000, answer });
  }

  clear(): void {
    this.#entries.clear();
  }
}
