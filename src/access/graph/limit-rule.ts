import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  Kind,
  type NameNode,
  type ValidationContext,
  type ValueNode,
  visit,
} from 'graphql';
import { hidesCitizenId, holdsCitizenIdShape, type IsthmusError, UsageError } from '../../platform/kernel/index.js';
import { documentShape, repeatedPairs } from './document-shape.js';
import type { GraphLimits } from './limits.js';
import { RESERVED_PREFIX } from './selection-plan.js';

/** Nesting that the standard introspection query needs, and no more. */
const INTROSPECTION_DEPTH = 16;

/** What makes a name a reserved one: its beginning or all of it; null for any other. */
const reserved = (name: string): string | null =>
  ['__', RESERVED_PREFIX].find((prefix) => name.startsWith(prefix)) ??
  (name in Object.prototype || name === 'prototype' ? name : null);

/**
 * The first thing wrong with a document's size or names, or null. Needs no schema.
 * Names that JavaScript objects already carry are refused, since executors merge answers by key.
 */
export function documentProblem(document: DocumentNode, limits: GraphLimits): IsthmusError | null {
  const shape = documentShape(document);
  const over = (limit: string, actual: number, allowed: number): IsthmusError | null =>
    actual > allowed ? new UsageError('LIMIT_EXCEEDED', { params: { limit, allowed, actual } }) : null;
  return (
    (shape.cyclic ? new UsageError('GRAPHQL_INVALID', { params: { problem: 'a fragment spreads itself' } }) : null) ??
    over('operations', shape.operations, limits.operations) ??
    over('depth', shape.depth, limits.depth) ??
    over('depth', shape.introspectionDepth, INTROSPECTION_DEPTH) ??
    over('rootFields', shape.rootFields, limits.rootFields) ??
    over('fields', shape.fields, limits.fields) ??
    over('aliases', shape.aliases, limits.aliases) ??
    over('directives', shape.directives, limits.directives) ??
    over('fragments', shape.fragments, limits.fragments) ??
    over('variables', shape.variables, limits.variables) ??
    over('valueDepth', shape.valueDepth, limits.valueDepth) ??
    over('repeats', repeatedPairs(document), limits.repeats) ??
    (shape.mixed ? new UsageError('GRAPHQL_INTROSPECTION_MIXED') : null) ??
    literalProblem(document, limits) ??
    nameProblem(document)
  );
}

/** NUL and lone surrogates: PostgreSQL cannot store them, canonical JSON cannot carry them. */
export const unstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

function nameProblem(document: DocumentNode): IsthmusError | null {
  let found: IsthmusError | null = null;
  const check = (name: NameNode | undefined): void => {
    const taken = name && reserved(name.value);
    if (taken) found ??= new UsageError('GRAPHQL_NAME_RESERVED', { params: { name: taken } });
  };
  visit(document, {
    Field: ({ alias }) => check(alias),
    OperationDefinition: ({ name }) => check(name),
    FragmentDefinition: ({ name }) => check(name),
    VariableDefinition: ({ variable }) => check(variable.name),
  });
  return found;
}

function literalProblem(document: DocumentNode, { sensitiveArguments }: GraphLimits): IsthmusError | null {
  let found: IsthmusError | null = null;
  const refuse = (name: string): void => {
    found ??= new UsageError('IDENTIFIER_LITERAL', { params: { name } });
  };
  const sensitive = new Set(sensitiveArguments);
  const throughVariables = new Set<string>();
  const check = ({ name, value }: { name: NameNode; value: ValueNode }): void => {
    if (!sensitive.has(name.value) || value.kind === Kind.NULL) return;
    if (value.kind === Kind.VARIABLE) throughVariables.add(value.name.value);
    else refuse(name.value);
  };
  visit(document, {
    Argument: check,
    ObjectField: check,
    StringValue: ({ value }) => {
      if (unstorable(value)) found ??= new UsageError('GRAPHQL_TEXT');
      if (holdsCitizenIdShape(value)) refuse('ID');
    },
    IntValue: ({ value }) => {
      if (holdsCitizenIdShape(value)) refuse('ID');
    },
    FloatValue: ({ value }) => {
      if (hidesCitizenId(value)) refuse('ID');
    },
    EnumValue: ({ value }) => {
      if (hidesCitizenId(value)) refuse('ID');
    },
    // Names come back in answers, in paths and in evidence.
    Name: ({ value }) => {
      if (hidesCitizenId(value)) refuse('ID');
    },
  });
  visit(document, {
    VariableDefinition: ({ variable, defaultValue }) => {
      const harmless = !defaultValue || defaultValue.kind === Kind.NULL;
      if (!harmless && (sensitive.has(variable.name.value) || throughVariables.has(variable.name.value)))
        refuse(variable.name.value);
    },
  });
  return found;
}

/**
 * The limits as a validation rule. It runs when the document is entered and then stops the whole validation, so a
 * hostile document never reaches the rules that are expensive.
 */
export const limitRule =
  (limits: GraphLimits) =>
  (context: ValidationContext): ASTVisitor => ({
    Document: (document) => {
      const problem = documentProblem(document, limits);
      if (!problem) return;
      const error = new GraphQLError(problem.code, { originalError: problem });
      // graphql-js offers no way to stop but its error limit: validate() catches what reportError then throws.
      for (;;) context.reportError(error);
    },
  });
