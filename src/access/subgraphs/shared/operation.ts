import { createHash } from 'node:crypto';
import DataLoader from 'dataloader';
import { type FieldPlan, fieldPlan, policy } from '../../../governance/policy/index.js';
import { ENTITIES, type EntityName } from '../../../standard/index.js';
import type { GraphContext } from '../../graph/index.js';
import type { SubgraphKit } from './kit.js';
import type { SourceDirectory } from './source-states.js';

/** Field plans, batch loaders and the state of the sources, for one operation. */
export class Operation {
  private readonly plans = new Map<EntityName, FieldPlan>();
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();
  private directory: Promise<SourceDirectory> | undefined;

  constructor(
    readonly context: GraphContext,
    readonly kit: SubgraphKit,
  ) {}

  /** The field plan of this inquiry for an entity of the standard. */
  plan(entity: EntityName): FieldPlan {
    let plan = this.plans.get(entity);
    if (!plan) {
      const { requester, time } = this.context;
      const { purpose, caseNo } = requester;
      plan = fieldPlan(policy(), { requester, purpose, caseNo, area: null, time }, ENTITIES[entity]);
      this.plans.set(entity, plan);
    }
    return plan;
  }

  /** How the sources stand; the same for the whole operation. */
  sources(): Promise<SourceDirectory> {
    return (this.directory ??= this.kit.states.read(this.context.tx));
  }

  async rows<T extends object>(sql: string, params: unknown[] = []): Promise<T[]> {
    return (await this.context.tx.query<T>(sql, params)).rows;
  }

  /**
   * The same for a look-up by ids: the server plans it once per connection (planning costs three times what running
   * it does). Not for prefixes, which need a plan for the very text.
   */
  async prepared<T extends object>(sql: string, params: unknown[]): Promise<T[]> {
    return (await this.context.tx.query<T>(named(sql), params)).rows;
  }

  /**
   * A prepared look-up by ids: `sql` gets the comparison to write behind the id's column. One id is compared as one
   * value, since a plan for an array of unknown length is judged so dear that the server would plan every time anew.
   */
  byIds<T extends object>(
    sql: (isOne: string) => string,
    ids: string[],
    { type = 'uuid', params = [] }: { type?: 'uuid' | 'text'; params?: unknown[] } = {},
  ): Promise<T[]> {
    return ids.length === 1
      ? this.prepared(sql(`= $1::${type}`), [ids[0], ...params])
      : this.prepared(sql(`= ANY($1::${type}[])`), [ids, ...params]);
  }

  /** One value a key, all keys of a moment in one call of `batch`; remembered for the operation. */
  load<V>(name: string, key: string, batch: (keys: string[]) => Promise<Map<string, V>>): Promise<V | undefined> {
    let loader = this.loaders.get(name);
    if (!loader) {
      loader = new DataLoader<string, unknown>(async (keys) => {
        const found = await batch([...keys]);
        return keys.map((one) => found.get(one));
      });
      this.loaders.set(name, loader);
    }
    return loader.load(key) as Promise<V | undefined>;
  }
}

const names = new Map<string, string>();

/** A statement named by its own text; `pg` takes such an object wherever it takes text. */
function named(text: string): { name: string; text: string } {
  let name = names.get(text);
  if (!name) names.set(text, (name = `graph-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`));
  return { name, text };
}

/** The operation behind a resolver's context. */
export const operationOf = (context: GraphContext, kit: SubgraphKit): Operation =>
  context.memo(kit, () => new Operation(context, kit));
