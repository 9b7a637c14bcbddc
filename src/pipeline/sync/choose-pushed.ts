/** What is known of an event before its page is made. */
interface Seen {
  kind: 'records' | 'deleted' | 'skipped' | 'rejected';
  key: string | null;
}

/** The events of one page. */
export interface ChosenEvents<E> {
  /** All that the page takes out of the inbox. */
  taken: E[];
  /** The records of those that still say something, in the order they came. */
  records: Uint8Array[];
  /** How many were sent before an event of the same record that was taken already. */
  outdated: number;
  /** The newest event of each record, to be remembered. */
  marks: Map<string, Date>;
}

/**
 * Decides which of the waiting events make the next page. A page writes and deletes in an order of its own, so it ends
 * before an event that deletes what it writes or writes what it deletes. Senders try again what failed, so an event may
 * come after one that was sent later: it is outdated.
 */
export async function choosePushed<E extends { record: Uint8Array; occurredAt: Date | null }>(
  waiting: readonly E[],
  see: (record: Uint8Array) => Seen,
  marksOf: (keys: readonly string[]) => Promise<ReadonlyMap<string, Date>>,
): Promise<ChosenEvents<E>> {
  const deletes = new Map<string, boolean>();
  const taken: { event: E; seen: Seen }[] = [];
  for (const event of waiting) {
    const seen = see(event.record);
    if (says(seen)) {
      const deleting = seen.kind === 'deleted';
      if ((deletes.get(seen.key) ?? deleting) !== deleting) break;
      deletes.set(seen.key, deleting);
    }
    taken.push({ event, seen });
  }
  const newest = new Map(await marksOf([...deletes.keys()]));
  const marks = new Map<string, Date>();
  const records: Uint8Array[] = [];
  for (const { event, seen } of taken) {
    const { occurredAt } = event;
    if (says(seen) && occurredAt !== null) {
      if ((newest.get(seen.key)?.getTime() ?? -Infinity) > occurredAt.getTime()) continue;
      newest.set(seen.key, occurredAt);
      marks.set(seen.key, occurredAt);
    }
    records.push(event.record);
  }
  return { taken: taken.map(({ event }) => event), records, outdated: taken.length - records.length, marks };
}

/** Whether an event says something of a record; one that cannot be mapped does not. */
const says = (seen: Seen): seen is Seen & { key: string } =>
  seen.key !== null && (seen.kind === 'records' || seen.kind === 'deleted');
