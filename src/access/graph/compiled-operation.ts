import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { RootField } from './ports.js';
import { ID_KEY, SelectionPlan, TYPE_KEY } from './selection-plan.js';

/** Everything about an operation that does not depend on its variables; made once per document object. */
export interface CompiledOperation {
  /** The document to execute: the caller's, with the ids that disclosure needs added under reserved names. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  rootFields: RootField[];
  /** `Type.field` of everything selected, sorted. */
  fields: string[];
  /** Only `__schema`, `__type` and `__typename` at the root: answered from the schema, no subgraph is asked. */
  introspection: boolean;
  /** Name-only form's SHA-256, hex; literals are left out of it. */
  hash: string;
  plan: SelectionPlan;
}

const KIND = {
  [OperationTypeNode.QUERY]: 'Query',
  [OperationTypeNode.MUTATION]: 'Mutation',
  [OperationTypeNode.SUBSCRIPTION]: 'Subscription',
} as const;

const caches = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Map<string, CompiledOperation | null>>>();

/** Compiles, or recalls, an operation of a validated document; null when it holds no operation of that name. */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledOperation | null {
  let documents = caches.get(schema);
  if (!documents) caches.set(schema, (documents = new WeakMap()));
  let operations = documents.get(document);
  if (!operations) documents.set(document, (operations = new Map()));
  const key = operationName ?? '';
  let compiled = operations.get(key);
  if (compiled === undefined) operations.set(key, (compiled = compile(schema, document, operationName)));
  return compiled;
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledOperation | null {
  const candidates = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const operation = operationName
    ? candidates.find((one) => one.name?.value === operationName)
    : candidates.length === 1
      ? candidates[0]
      : undefined;
  const rootType = operation && schema.getRootType(operation.operation);
  if (!operation || !rootType) return null;
  const fragments = new Map(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const fields = new Set<string>();
  const executed = inject(schema, reachable(operation, fragments), fields);
  const injected = executed.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!;
  const injectedFragments = new Map(
    executed.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const plan = new SelectionPlan(schema, rootType, [injected.selectionSet], injectedFragments);
  const names = plan.fieldsOf(rootType.name).map((field) => field.name);
  return {
    document: executed,
    operation: injected,
    rootFields: names
      .filter((name) => !name.startsWith('__'))
      .map((name) => ({ kind: KIND[operation.operation], name })),
    fields: [...fields].sort(),
    introspection: names.every((name) => name.startsWith('__')),
    hash: createHash('sha256')
      .update(print(withoutLiterals(executed)))
      .digest('hex'),
    plan,
  };
}

/** The operation with the fragments it uses: others in the document must not reach the planner or the evidence. */
function reachable(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const used = new Map<string, FragmentDefinitionNode>();
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.set(name.value, fragment);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return { kind: Kind.DOCUMENT, definitions: [operation, ...used.values()] };
}

const field = (name: string, alias: string) =>
  ({
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: name },
    alias: { kind: Kind.NAME, value: alias },
  }) as const;

/** Adds id and, on abstract types, type name to every selection set; notes the fields that are selected. */
function inject(schema: GraphQLSchema, document: DocumentNode, fields: Set<string>): DocumentNode {
  const info = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(info, {
      Field: (node) => {
        const parent = info.getParentType();
        // Put there by the gateway that asks, for its own bookkeeping: nobody asked for it and it is not served.
        if (node.alias?.value === ID_KEY) return;
        if (parent && !node.name.value.startsWith('__') && !parent.name.startsWith('__'))
          fields.add(`${parent.name}.${node.name.value}`);
      },
      SelectionSet: {
        leave: (node) => {
          const type = info.getParentType();
          if (!type || !isCompositeType(getNamedType(type)) || type.name.startsWith('__')) return undefined;
          if (type === schema.getQueryType() || type === schema.getMutationType()) return undefined;
          const added = [];
          if (!isObjectType(type)) added.push(field('__typename', TYPE_KEY));
          if ((isObjectType(type) || isInterfaceType(type)) && type.getFields()['id']) added.push(field('id', ID_KEY));
          return added.length ? { ...node, selections: [...node.selections, ...added] } : undefined;
        },
      },
    }),
  );
}

/** The document with every literal blanked, so that its hash tells nothing about values written into it. */
const withoutLiterals = (document: DocumentNode): DocumentNode =>
  visit(document, {
    StringValue: (node) => ({ ...node, value: '' }),
    IntValue: (node) => ({ ...node, value: '0' }),
    FloatValue: (node) => ({ ...node, value: '0' }),
    ListValue: (node) => ({ ...node, values: [] }),
    ObjectValue: (node) => ({ ...node, fields: [] }),
  });
