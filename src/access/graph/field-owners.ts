import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';

/** Which subgraphs can answer `Type.field`, by the supergraph's join directives. */
export type FieldOwners = ReadonlyMap<string, ReadonlySet<string>>;

const argument = (directive: ConstDirectiveNode, name: string): string | null => {
  const value = directive.arguments?.find((one) => one.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : null;
};
const named = (directives: readonly ConstDirectiveNode[] | undefined, name: string): ConstDirectiveNode[] =>
  (directives ?? []).filter((directive) => directive.name.value === name);

/** Names of subgraphs by their value of the enum `join__Graph`. */
export function subgraphNames(supergraph: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const [graph] = named(value.directives, 'join__graph');
      const name = graph && argument(graph, 'name');
      if (name) names.set(value.name.value, name);
    }
  }
  return names;
}

/** Reads the owners of every field of every object type. */
export function fieldOwners(supergraph: DocumentNode): FieldOwners {
  const names = subgraphNames(supergraph);
  const owners = new Map<string, Set<string>>();
  const graphsOf = (directives: readonly ConstDirectiveNode[]): Set<string> =>
    new Set(directives.flatMap((directive) => names.get(argument(directive, 'graph') ?? '') ?? []));
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const all = graphsOf(named(type.directives, 'join__type'));
    for (const field of type.fields ?? []) {
      const external = (directive: ConstDirectiveNode): boolean =>
        Boolean(
          directive.arguments?.some(
            ({ name, value }) => name.value === 'external' && value.kind === Kind.BOOLEAN && value.value,
          ),
        );
      const own = graphsOf(named(field.directives, 'join__field').filter((directive) => !external(directive)));
      owners.set(`${type.name.value}.${field.name.value}`, own.size ? own : all);
    }
  }
  return owners;
}
