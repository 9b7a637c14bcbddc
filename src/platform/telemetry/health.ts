/** Whether this process should get work: every part that it cannot do without answers. */
export interface Readiness {
  ready: boolean;
  parts: Record<string, 'ok' | 'failing'>;
}

const TIMEOUT_MS = 2_000;
const FRESH_MS = 500;

/** Readiness by named checks. Anybody may ask, so an answer names parts and nothing of what is wrong with them. */
export class Health {
  readonly #checks = new Map<string, () => Promise<unknown>>();
  #latest: { at: number; answer: Promise<Readiness> } | undefined;
  #draining = false;

  /** @param probe resolves when the part answers, e.g. `SELECT 1`. */
  require(part: string, probe: () => Promise<unknown>): void {
    this.#checks.set(part, probe);
  }

  /** From now on not ready: a stop has begun, and load balancers should look elsewhere. */
  drain(): void {
    this.#draining = true;
  }

  /** Askers within half a second share one answer, so that asking often costs nothing. */
  readiness(): Promise<Readiness> {
    const now = performance.now();
    if (!this.#latest || now - this.#latest.at > FRESH_MS) this.#latest = { at: now, answer: this.#ask() };
    return this.#latest.answer.then((answer) => (this.#draining ? { ...answer, ready: false } : answer));
  }

  async #ask(): Promise<Readiness> {
    const asked = [...this.#checks].map(async ([part, probe]) => [part, await answers(probe)] as const);
    const parts = Object.fromEntries(await Promise.all(asked));
    return { ready: Object.values(parts).every((state) => state === 'ok'), parts };
  }
}

async function answers(probe: () => Promise<unknown>): Promise<'ok' | 'failing'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'failing'>((done) => (timer = setTimeout(() => done('failing'), TIMEOUT_MS)));
  const asked = (async () => probe())().then(
    () => 'ok' as const,
    () => 'failing' as const,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
