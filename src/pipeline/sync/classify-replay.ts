import type { Keyring } from '../../platform/keys/index.js';
import type { CompiledMapping } from '../conform/index.js';
import { encodeRecord, openBody } from '../store/index.js';
import { emptyPage, type ClassifiedPage } from './classify-page.js';
import type { WaitingRecord } from './replay.repository.js';

export interface ReplayTools {
  mapping: CompiledMapping;
  keyring: Keyring;
  stream: number;
  nextN: number;
  /** The latest scan that read the whole stream. */
  wholeScan: number;
}

/** A page of a replay: what the mapping of now makes of it, and what else is known of its records. */
export interface ReplayedPage extends ClassifiedPage {
  /** Settled by this page: accepted, deleted, or none of the records by the mapping's own word. */
  accepted: Buffer[];
  /** Something newer stands under the key. */
  superseded: Buffer[];
  nextN: number;
}

/**
 * Maps quarantined records anew. A record is passed over, and stays, when it cannot be read (`unreadable`), when two
 * records stood under one key and only a person can choose (`undecided`), or when the source has not told it again
 * (`not-met-again`); it is settled without a change when something newer was written under its key (`superseded`).
 *
 * @param lastWords the latest run that wrote or deleted something under each key.
 */
export function classifyReplay(
  records: readonly WaitingRecord[],
  lastWords: (keys: readonly string[]) => Promise<Map<string, number>>,
  tools: ReplayTools,
): Promise<ReplayedPage> {
  const page: ReplayedPage = {
    ...emptyPage(records.length),
    accepted: [],
    superseded: [],
    nextN: tools.nextN,
  };
  return new Replaying(page, tools).take(records, lastWords);
}

class Replaying {
  constructor(
    private readonly page: ReplayedPage,
    private readonly tools: ReplayTools,
  ) {}

  async take(
    records: readonly WaitingRecord[],
    lastWords: (keys: readonly string[]) => Promise<Map<string, number>>,
  ): Promise<ReplayedPage> {
    const { page } = this;
    const mapped = records.map((record) => ({ record, ...this.#conform(record) }));
    const words = await lastWords(mapped.flatMap(({ key }) => key ?? []));
    const taken = new Set<string>();
    for (const { record, conformed, key, row } of mapped) {
      const { raw } = record;
      if (conformed === null) this.#skip(row);
      else if (conformed.kind === 'rejected') {
        page.quarantined.push({ raw, key, rejection: conformed.rejection, body: record.body });
      } else if (conformed.kind === 'skipped') {
        page.accepted.push(raw);
        this.#skip(conformed.reason);
      } else if (taken.has(key!) || (words.get(key!) ?? 0) > record.lastRun) {
        page.superseded.push(raw);
        this.#skip('superseded');
      } else {
        taken.add(key!);
        page.accepted.push(raw);
        if (conformed.kind === 'deleted') page.deletes.push({ key: key!, raw });
        else
          page.candidates.push({
            key: key!,
            raw,
            n: page.nextN++,
            source: Buffer.alloc(0),
            row: 0,
            records: conformed.records.map((one) => encodeRecord(one, conformed.validity, this.tools.keyring)),
          });
      }
    }
    return page;
  }

  #conform(record: WaitingRecord) {
    const { keyring, stream, mapping, wholeScan } = this.tools;
    const passedOver = (row: string) => ({ conformed: null, key: null, row });
    if (record.reason === 'DUPLICATE_KEY_DIFFERS') return passedOver('undecided');
    if (record.lastRun < wholeScan) return passedOver('not-met-again');
    const { row } = openBody(keyring, { stream, ...record });
    if (row === null) return passedOver('unreadable');
    const conformed = mapping.conform(row);
    const key = conformed.key !== null && mapping.keyIsIdentifier ? keyring.blindKey(conformed.key) : conformed.key;
    return { conformed, key, row: '' };
  }

  #skip(reason: string): void {
    this.page.skipped[reason] = (this.page.skipped[reason] ?? 0) + 1;
  }
}
