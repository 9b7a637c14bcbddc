/**
 * Polls a condition until it gives something; a test waits on what it needs, never on time.
 *
 * @throws Error naming what was waited for.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  options: { seconds?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + (options.seconds ?? 60) * 1000;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((next) => setTimeout(next, options.everyMs ?? 25));
  }
}
