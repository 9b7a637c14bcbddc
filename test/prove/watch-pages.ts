import type { Database, OpenTx } from '../../src/platform/database/index.js';

/** What a proof wants to know of page transactions. */
export interface PageWatch {
  /** A statement is about to be sent; both counted from 1. */
  before(page: number, statement: number): void;
  /** The page was committed, by this many statements, COMMIT included. */
  committed(statements: number): void;
}

type Query = OpenTx['client']['query'];

/** Counts the statements of every page transaction at the connection itself, so that no COPY or COMMIT is missed. */
export function watchPages(database: Database, watch: PageWatch): void {
  const watched = new WeakSet<object>();
  let pages = 0;
  const watchClient = (client: OpenTx['client']): void => {
    const query = client.query.bind(client) as (...words: unknown[]) => Promise<unknown>;
    let statement = 0;
    client.query = ((...words: unknown[]) => {
      const text = textOf(words[0]);
      if (text.startsWith('BEGIN')) statement = 0;
      else if (statement === 0 && FENCE.test(text)) {
        pages++;
        statement = 1;
      }
      if (statement === 0) return query(...words);
      watch.before(pages, statement++);
      if (text !== 'COMMIT') return query(...words);
      const statements = statement - 1;
      statement = 0;
      return query(...words).then((done) => {
        watch.committed(statements);
        return done;
      });
    }) as Query;
  };
  const begin = database.begin.bind(database);
  database.begin = async (...words) => {
    const tx = await begin(...words);
    if (!watched.has(tx.client)) {
      watched.add(tx.client);
      watchClient(tx.client);
    }
    return tx;
  };
}

/** The first statement of every page. */
const FENCE = /^\s*UPDATE control\.stream\s+SET cursor = \$4/;

const textOf = (sent: unknown): string =>
  typeof sent === 'string' ? sent : String((sent as { text?: string }).text ?? '');
