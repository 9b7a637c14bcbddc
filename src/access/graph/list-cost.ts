import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { UsageError } from '../../platform/kernel/index.js';
import type { CompiledOperation } from './compiled-operation.js';
import type { GraphLimits } from './limits.js';

/** Assumed length of a list that has no `first`: what one resident has of one kind. */
const PLAIN_LIST = 10;
/** Assumed page where `first` is left out and has no default. */
const DEFAULT_PAGE = 20;
const PAGE_FIELDS = new Set(['nodes', 'edges']);

type Variables = Readonly<Record<string, unknown>>;

/** Costs that no variable changes, by compiled operation. */
const fixed = new WeakMap<CompiledOperation, number>();

/**
 * Bounds the answer by the list sizes asked for.
 * @throws UsageError LIMIT_EXCEEDED for a `first` or `last` above the limit, or more objects than allowed.
 */
export function checkListCost(
  compiled: CompiledOperation,
  variables: Variables,
  schema: GraphQLSchema,
  limits: GraphLimits,
): void {
  if (compiled.introspection) return;
  let objects = fixed.get(compiled);
  if (objects === undefined) {
    const counter = new ObjectCounter(compiled, variables, schema, limits);
    objects = counter.count();
    if (!counter.usedVariables) fixed.set(compiled, objects);
  }
  refuseOver('objects', objects, limits.objects);
}

function refuseOver(limit: string, actual: number, allowed: number): void {
  if (actual > allowed) throw new UsageError('LIMIT_EXCEEDED', { params: { limit, allowed, actual } });
}

class ObjectCounter {
  usedVariables = false;
  private readonly fragments: Map<string, FragmentDefinitionNode>;

  constructor(
    private readonly compiled: CompiledOperation,
    private readonly variables: Variables,
    private readonly schema: GraphQLSchema,
    private readonly limits: GraphLimits,
  ) {
    this.fragments = new Map(
      compiled.document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
      ),
    );
  }

  count(): number {
    const root = this.schema.getRootType(this.compiled.operation.operation)!;
    return this.below(this.compiled.operation.selectionSet, root, null);
  }

  private below(set: SelectionSetNode, type: GraphQLNamedType, page: number | null): number {
    let objects = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.selectionSet) objects += this.field(selection, type, page);
      } else {
        const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
        const on = part?.typeCondition ? this.schema.getType(part.typeCondition.name.value) : type;
        if (part && on) objects += this.below(part.selectionSet, on, page);
      }
    }
    return objects;
  }

  private field(node: FieldNode, parent: GraphQLNamedType, page: number | null): number {
    if (!isObjectType(parent) && !isInterfaceType(parent)) return 0;
    const field = parent.getFields()[node.name.value];
    const type = field && getNamedType(field.type);
    if (!field || !type || !isCompositeType(type)) return 0;
    const own = this.pageOf(node, field);
    const many = isListType(getNullableType(field.type));
    const times = !many ? 1 : (own ?? (PAGE_FIELDS.has(node.name.value) ? page : null) ?? PLAIN_LIST);
    return times * (1 + this.below(node.selectionSet!, type, own ?? page));
  }

  /** Page size of a field that takes `first` or `last`; null for one that does not. */
  private pageOf(node: FieldNode, field: GraphQLField<unknown, unknown>): number | null {
    const takers = field.args.filter(({ name }) => name === 'first' || name === 'last');
    if (!takers.length) return null;
    let page: number | null = null;
    for (const taker of takers) {
      const given = node.arguments?.find(({ name }) => name.value === taker.name)?.value;
      let size: unknown = taker.defaultValue;
      if (given?.kind === Kind.INT) size = Number(given.value);
      if (given?.kind === Kind.VARIABLE) {
        this.usedVariables = true;
        size = this.variables[given.name.value] ?? taker.defaultValue;
      }
      if (typeof size !== 'number') continue;
      refuseOver(taker.name, size, this.limits.first);
      if (size < 0) throw new UsageError('BAD_USER_INPUT', { params: { problem: `${taker.name} < 0` } });
      page = Math.max(page ?? 0, size);
    }
    return page ?? DEFAULT_PAGE;
  }
}
