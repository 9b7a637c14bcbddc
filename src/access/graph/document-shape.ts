import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql';

/** Sizes of a document with its fragments expanded by arithmetic, so that an exponential document costs nothing. */
export interface DocumentShape {
  depth: number;
  /** Depth below `__schema` and `__type`, which the standard introspection query nests further than data. */
  introspectionDepth: number;
  fields: number;
  rootFields: number;
  aliases: number;
  directives: number;
  fragments: number;
  variables: number;
  operations: number;
  /** Nesting of lists and objects in literals. */
  valueDepth: number;
  /** A fragment reaches itself: the other sizes mean nothing then. */
  cyclic: boolean;
  /** A root selection holds both introspection and data. */
  mixed: boolean;
}

interface Size {
  depth: number;
  introspection: number;
  fields: number;
  /** Fields at this level, fragments expanded. */
  here: number;
  introspects: boolean;
  reads: boolean;
}

const NOTHING: Size = { depth: 0, introspection: 0, fields: 0, here: 0, introspects: false, reads: false };

/** Measures a parsed document. Needs no schema and takes time linear in its length. */
export function documentShape(document: DocumentNode): DocumentShape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const sizes = new Map<string, Size>();
  let cyclic = false;

  const sizeOfFragment = (name: string): Size => {
    const known = sizes.get(name);
    if (known) {
      cyclic ||= known === NOTHING;
      return known;
    }
    sizes.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment ? sizeOf(fragment.selectionSet) : { ...NOTHING };
    sizes.set(name, size);
    return size;
  };

  const sizeOf = (set: SelectionSetNode): Size => {
    const size: Size = { ...NOTHING };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        const below = selection.selectionSet ? sizeOf(selection.selectionSet) : NOTHING;
        const introspects = name === '__schema' || name === '__type';
        size.fields += 1 + below.fields;
        size.here += 1;
        if (introspects) size.introspection = Math.max(size.introspection, 1 + below.depth);
        else {
          size.depth = Math.max(size.depth, 1 + below.depth);
          size.introspection = Math.max(size.introspection, below.introspection);
        }
        size.introspects ||= introspects;
        size.reads ||= !name.startsWith('__');
      } else {
        const part =
          selection.kind === Kind.INLINE_FRAGMENT
            ? sizeOf(selection.selectionSet)
            : sizeOfFragment(selection.name.value);
        size.fields += part.fields;
        size.here += part.here;
        size.depth = Math.max(size.depth, part.depth);
        size.introspection = Math.max(size.introspection, part.introspection);
        size.introspects ||= part.introspects;
        size.reads ||= part.reads;
      }
    }
    return size;
  };

  const shape: DocumentShape = {
    depth: 0,
    introspectionDepth: 0,
    fields: 0,
    rootFields: 0,
    aliases: 0,
    directives: 0,
    fragments: 0,
    variables: 0,
    operations: 0,
    valueDepth: 0,
    cyclic: false,
    mixed: false,
  };
  const take = (size: Size): void => {
    shape.depth = Math.max(shape.depth, size.depth);
    shape.introspectionDepth = Math.max(shape.introspectionDepth, size.introspection);
    shape.fields = Math.max(shape.fields, size.fields);
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) take(sizeOfFragment(definition.name.value));
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = sizeOf(definition.selectionSet);
    take(size);
    shape.operations++;
    shape.rootFields = Math.max(shape.rootFields, size.here);
    shape.variables = Math.max(shape.variables, definition.variableDefinitions?.length ?? 0);
    shape.mixed ||= size.introspects && size.reads;
  }
  shape.cyclic = cyclic;
  let values = 0;
  const value = {
    enter: (): void => {
      shape.valueDepth = Math.max(shape.valueDepth, ++values);
    },
    leave: (): void => {
      values--;
    },
  };
  visit(document, {
    ListValue: value,
    ObjectValue: value,
    Field: ({ alias }) => {
      if (alias) shape.aliases++;
    },
    Directive: () => {
      shape.directives++;
    },
    FragmentSpread: () => {
      shape.fragments++;
    },
    InlineFragment: () => {
      shape.fragments++;
    },
  });
  return shape;
}

/**
 * How many pairs of fields share a response name where selections merge: what graphql-js compares in order to find
 * conflicts, and thus the one rule whose time grows with the square of the document.
 * Only for documents without fragment cycles whose expanded field count was found bearable.
 */
export function repeatedPairs(document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  let pairs = 0;
  const merge = (sets: readonly SelectionSetNode[]): void => {
    const byName = new Map<string, { count: number; below: SelectionSetNode[] }>();
    const collect = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
        else if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = fragments.get(selection.name.value);
          if (fragment) collect(fragment.selectionSet);
        } else {
          const name = selection.alias?.value ?? selection.name.value;
          const known = byName.get(name) ?? { count: 0, below: [] };
          known.count++;
          if (selection.selectionSet) known.below.push(selection.selectionSet);
          byName.set(name, known);
        }
      }
    };
    sets.forEach(collect);
    for (const { count, below } of byName.values()) {
      pairs += (count * (count - 1)) / 2;
      if (below.length) merge(below);
    }
  };
  for (const one of document.definitions) if (one.kind === Kind.OPERATION_DEFINITION) merge([one.selectionSet]);
  return pairs;
}
