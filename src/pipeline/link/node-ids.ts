import type { Tx } from '../../platform/database/index.js';

const BLOCK = 10_000;

/** Ids for new nodes before they are written: one sequence call for ten thousand. Gaps are of no consequence. */
export class NodeIds {
  #next = 0;
  #end = 0;

  async take(tx: Tx, count: number): Promise<number[]> {
    const ids: number[] = [];
    while (ids.length < count) {
      if (this.#next === this.#end) {
        const { rows } = await tx.query<{ block: string }>(`SELECT nextval('data.link_node_block') AS block`);
        this.#next = Number(rows[0]!.block) * BLOCK;
        this.#end = this.#next + BLOCK;
      }
      ids.push(this.#next++);
    }
    return ids;
  }
}
