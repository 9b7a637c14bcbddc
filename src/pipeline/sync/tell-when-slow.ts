/** The same pages; `slow` is called once when one of them lets us wait longer than `ms`. */
export async function* tellWhenSlow<T>(pages: AsyncIterable<T>, ms: number, slow: () => void): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  let told = false;
  const tell = (): void => {
    if (!told) slow();
    told = true;
  };
  try {
    for (;;) {
      const timer = setTimeout(tell, ms);
      const { value, done } = await iterator.next().finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    await iterator.return?.().catch(() => undefined);
  }
}
