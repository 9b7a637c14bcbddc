import { type ConstDirectiveNode, type DocumentNode, Kind, parse } from 'graphql';

/**
 * The directives of Apollo Federation v2 (specs.apollo.dev/federation/v2.x) by their spec names; `FieldSet` and the
 * other scalars are filled in under the name the subgraph imports them by.
 */
const DIRECTIVES: Record<string, string> = {
  key: '(fields: FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE',
  requires: '(fields: FieldSet!) on FIELD_DEFINITION',
  provides: '(fields: FieldSet!) on FIELD_DEFINITION',
  external: '(reason: String) on OBJECT | FIELD_DEFINITION',
  tag: '(name: String!) repeatable on FIELD_DEFINITION | INTERFACE | OBJECT | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA',
  extends: 'on OBJECT | INTERFACE',
  shareable: 'repeatable on OBJECT | FIELD_DEFINITION',
  inaccessible:
    'on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ENUM | ENUM_VALUE | SCALAR | INPUT_OBJECT | INPUT_FIELD_DEFINITION | ARGUMENT_DEFINITION',
  override: '(from: String!, label: String) on FIELD_DEFINITION',
  composeDirective: '(name: String!) repeatable on SCHEMA',
  interfaceObject: 'on OBJECT',
  authenticated: 'on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM',
  requiresScopes: '(scopes: [[Scope!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM',
  policy: '(policies: [[Policy!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM',
};
const SCALARS = ['FieldSet', 'Scope', 'Policy'];
const FEDERATION_URL = /^https:\/\/specs\.apollo\.dev\/federation\/v2\.\d+$/;

/** How the subgraph writes each federation element: imported (perhaps renamed) or with the link's prefix. */
export interface FederationNames {
  /** `key` → `key` when imported, else `federation__key`. */
  directive(spec: string): string;
  /** `FieldSet` → `FieldSet` when imported, else `federation__FieldSet`. */
  scalar(spec: string): string;
}

const text = (directive: ConstDirectiveNode, name: string): string | null => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : null;
};

function links(document: DocumentNode): ConstDirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_EXTENSION || definition.kind === Kind.SCHEMA_DEFINITION
      ? (definition.directives ?? []).filter((directive) => directive.name.value === 'link')
      : [],
  );
}

/**
 * Reads the `@link` to the federation spec.
 * @throws TypeError when the document links no federation v2 (a v1 subgraph is not guessed at).
 */
export function federationNames(document: DocumentNode): FederationNames {
  const link = links(document).find((candidate) => FEDERATION_URL.test(text(candidate, 'url') ?? ''));
  if (!link) throw new TypeError('a subgraph must @link https://specs.apollo.dev/federation/v2.x');
  const prefix = text(link, 'as') ?? 'federation';
  const imported = new Map<string, string>();
  const list = link.arguments?.find((argument) => argument.name.value === 'import')?.value;
  for (const item of list?.kind === Kind.LIST ? list.values : []) {
    if (item.kind === Kind.STRING) imported.set(item.value, item.value);
    if (item.kind !== Kind.OBJECT) continue;
    const part = (name: string): string | null => {
      const value = item.fields.find((field) => field.name.value === name)?.value;
      return value?.kind === Kind.STRING ? value.value : null;
    };
    const name = part('name');
    if (name) imported.set(name, part('as') ?? name);
  }
  return {
    directive: (spec) => imported.get(`@${spec}`)?.slice(1) ?? `${prefix}__${spec}`,
    scalar: (spec) => imported.get(spec) ?? `${prefix}__${spec}`,
  };
}

/** Definitions that make the subgraph's document a valid schema of its own, plus the federation root fields. */
export function preludeFor(document: DocumentNode, entities: readonly string[]): DocumentNode {
  const names = federationNames(document);
  const lines = Object.entries(DIRECTIVES).map(
    ([spec, shape]) =>
      `directive @${names.directive(spec)}${shape.replace(/^(?=on|repeatable)/, ' ').replace(/\b(FieldSet|Scope|Policy)\b/g, names.scalar)}`,
  );
  lines.push(...SCALARS.map((spec) => `scalar ${names.scalar(spec)}`));
  lines.push(
    'directive @link(url: String!, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA',
    'scalar link__Import',
    'enum link__Purpose { SECURITY EXECUTION }',
    'scalar _Any',
    'type _Service { sdl: String! }',
  );
  if (entities.length) lines.push(`union _Entity = ${entities.join(' | ')}`);
  const entityField = entities.length ? '_entities(representations: [_Any!]!): [_Entity]!' : '';
  lines.push(`extend type Query { ${entityField} _service: _Service! }`);
  return parse(lines.join('\n'), { noLocation: true });
}
