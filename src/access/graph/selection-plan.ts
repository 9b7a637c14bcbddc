import {
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** Response names under which ids and type names are added; callers may not use names with this prefix. */
export const RESERVED_PREFIX = 'isthmus_';
export const ID_KEY = 'isthmus_id_';
export const TYPE_KEY = 'isthmus_type_';

export interface PlannedField {
  responseName: string;
  name: string;
  /** Selections below; null for a leaf. */
  below: SelectionPlan | null;
}

/**
 * The selections on one composite type, fields collected per concrete type when first met. Conditions (`@skip`) are
 * not judged: a field that was skipped is simply not in the response.
 */
export class SelectionPlan {
  private readonly byType = new Map<string, PlannedField[]>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly type: GraphQLNamedType,
    private readonly selectionSets: readonly SelectionSetNode[],
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  /** Concrete type of an object in the response; null when it cannot be told. */
  typeOf(object: Record<string, unknown>): string | null {
    if (isObjectType(this.type)) return this.type.name;
    const named = object[TYPE_KEY];
    return typeof named === 'string' ? named : null;
  }

  fieldsOf(typeName: string): readonly PlannedField[] {
    let fields = this.byType.get(typeName);
    if (!fields) this.byType.set(typeName, (fields = this.collect(typeName)));
    return fields;
  }

  private collect(typeName: string): PlannedField[] {
    const type = this.schema.getType(typeName);
    if (!isObjectType(type)) return [];
    const found = new Map<string, { name: string; sets: SelectionSetNode[] }>();
    const applies = (condition: string | undefined): boolean => {
      if (condition === undefined || condition === typeName) return true;
      const on = this.schema.getType(condition);
      return isAbstractType(on) && this.schema.isSubType(on, type);
    };
    const seen = new Set<string>();
    const collect = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const responseName = selection.alias?.value ?? selection.name.value;
          const known = found.get(responseName) ?? { name: selection.name.value, sets: [] };
          if (selection.selectionSet) known.sets.push(selection.selectionSet);
          found.set(responseName, known);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          if (applies(selection.typeCondition?.name.value)) collect(selection.selectionSet);
        } else if (!seen.has(selection.name.value)) {
          seen.add(selection.name.value);
          const fragment = this.fragments.get(selection.name.value);
          if (fragment && applies(fragment.typeCondition.name.value)) collect(fragment.selectionSet);
        }
      }
    };
    this.selectionSets.forEach(collect);
    return [...found].map(([responseName, { name, sets }]) => {
      const field = type.getFields()[name];
      const named = field && getNamedType(field.type);
      const below =
        sets.length && named && isCompositeType(named)
          ? new SelectionPlan(this.schema, named, sets, this.fragments)
          : null;
      return { responseName, name, below };
    });
  }
}
