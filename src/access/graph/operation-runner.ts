import { execute, type ExecutionResult, getVariableValues, GraphQLError, OperationTypeNode } from 'graphql';
import { ForbiddenError, hidesCitizenId, UsageError } from '../../platform/kernel/index.js';
import type { Language } from '../../platform/messages/index.js';
import { type CompiledOperation, compileOperation } from './compiled-operation.js';
import { walkDisclosure } from './disclosure-walk.js';
import { faultOf } from './document-fault.js';
import type { FederatedExecutor, FederatedOperation } from './federated-executor.js';
import type { GraphLimits } from './limits.js';
import { unstorable } from './limit-rule.js';
import { checkListCost } from './list-cost.js';
import { type EventFacts, OperationContext } from './operation-context.js';
import type { GraphPorts, GraphRequester } from './ports.js';
import { presentError, presentErrors, publicCodeOf, rootCause } from './present-error.js';
import { emptyFacts, MAX_DECLARED, type RefusalRecorder } from './refusal-recorder.js';

/** What the HTTP entry found out about a request. */
export interface RequestFacts {
  operationId: string;
  language: Language;
  requester: GraphRequester | null;
  method: string;
}

/** Runs one operation: guard → plan → evidence → commit → answer. */
export class OperationRunner {
  constructor(
    private readonly ports: GraphPorts,
    private readonly limits: GraphLimits,
    private readonly refusals: RefusalRecorder,
  ) {}

  async run(executor: FederatedExecutor, asked: FederatedOperation, request: RequestFacts): Promise<ExecutionResult> {
    const compiled = compileOperation(executor.apiSchema, asked.document, asked.operationName);
    const facts = this.factsOf(request, compiled);
    try {
      const requester = this.admit(compiled, asked, request, executor);
      return await this.execute(executor, asked, request, requester, compiled!, facts);
    } catch (error) {
      const refusal = await this.refusals.record(request.requester, facts, error);
      return { errors: [presentError(refusal, request)] };
    }
  }

  /** Everything that can be refused before anything is read. */
  private admit(
    compiled: CompiledOperation | null,
    { variables }: FederatedOperation,
    request: RequestFacts,
    { apiSchema }: FederatedExecutor,
  ): GraphRequester {
    if (!request.requester) throw new ForbiddenError('UNAUTHENTICATED', { origin: 'policy' });
    if (!compiled) throw new UsageError('GRAPHQL_OPERATION_UNKNOWN');
    const { purpose, caseNo } = request.requester;
    checkDeclared('X-Isthmus-Purpose', purpose);
    checkDeclared('X-Isthmus-Case', caseNo);
    if (caseNo && caseNo.length > MAX_DECLARED)
      throw new UsageError('GRAPHQL_HEADER_LENGTH', { params: { name: 'X-Isthmus-Case', limit: MAX_DECLARED } });
    checkVariables(variables, request.method === 'GET' ? this.limits.sensitiveArguments : []);
    this.ports.guard.check(request.requester, compiled.rootFields);
    const coerced = getVariableValues(apiSchema, compiled.operation.variableDefinitions ?? [], variables, {
      maxErrors: 5,
    });
    if (coerced.errors) {
      throw new UsageError('BAD_USER_INPUT', { params: faultOf(coerced.errors[0]!.message, apiSchema) });
    }
    checkListCost(compiled, coerced.coerced, apiSchema, this.limits);
    return request.requester;
  }

  private async execute(
    executor: FederatedExecutor,
    asked: FederatedOperation,
    request: RequestFacts,
    requester: GraphRequester,
    compiled: CompiledOperation,
    facts: EventFacts,
  ): Promise<ExecutionResult> {
    const { transactions, evidence } = this.ports;
    const context = new OperationContext(
      request.operationId,
      requester,
      new Date(),
      facts,
      transactions,
      evidence,
      this.limits,
      request.language,
    );
    const mutation = compiled.operation.operation === OperationTypeNode.MUTATION;
    try {
      const result = await this.untilDeadline(context, async () =>
        compiled.introspection
          ? execute({
              schema: executor.apiSchema,
              document: compiled.document,
              operationName: asked.operationName,
              variableValues: asked.variables,
            })
          : executor.execute({ ...asked, document: compiled.document }, context),
      );
      const dead = context.auditFailure ?? context.broken ?? (mutation ? result.errors?.[0] : undefined);
      if (dead) throw dead;
      const { entries, withheld, masked } = walkDisclosure(result.data, compiled.plan, context.disclosure, {
        absent: context.absent,
        owners: executor.owners,
      });
      const errorCode = result.errors?.length ? publicCodeOf(result.errors[0]) : null;
      for (const error of result.errors ?? []) this.note(request.operationId, error);
      await context.settle({
        code: mutation ? 'graph.write' : 'graph.read',
        decision: 'allowed',
        errorCode,
        withheld,
        masked,
        unavailable: context.unavailable(),
      });
      return {
        data: result.data ?? null,
        ...(result.errors?.length && { errors: presentErrors(result.errors, request) }),
        extensions: { operationId: request.operationId, ...(!compiled.introspection && { disclosure: entries }) },
      };
    } catch (error) {
      return await this.fail(context, error, request);
    }
  }

  private async fail(context: OperationContext, error: unknown, request: RequestFacts): Promise<ExecutionResult> {
    await context.abandon().catch(() => undefined);
    this.note(request.operationId, error);
    const errorCode = publicCodeOf(error);
    try {
      if (errorCode !== 'AUDIT_UNAVAILABLE')
        await context.recordApart({ code: 'graph.failed', decision: 'failed', errorCode });
      return { errors: [presentError(error, request)] };
    } catch (unrecorded) {
      this.note(request.operationId, unrecorded);
      return { errors: [presentError(unrecorded, request)] };
    }
  }

  private async untilDeadline<T>(context: OperationContext, work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        context.abort.abort();
        reject(new UsageError('GRAPHQL_DEADLINE'));
      }, this.limits.deadlineMs);
    });
    try {
      return await Promise.race([work(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private factsOf(request: RequestFacts, compiled: CompiledOperation | null): EventFacts {
    return {
      ...emptyFacts(request, this.ports.guard.policyVersion),
      operationName: compiled?.operation.name?.value ?? null,
      operation: compiled?.introspection ? ['introspection'] : (compiled?.rootFields.map(({ name }) => name) ?? []),
      documentHash: compiled?.hash ?? null,
      fields: compiled?.fields ?? [],
    };
  }

  /** Only what is our own fault is worth a line in the log; the message of a foreign error may hold values. */
  private note(operationId: string, error: unknown): void {
    const code = publicCodeOf(error);
    if (code !== 'INTERNAL' && code !== 'AUDIT_UNAVAILABLE') return;
    const cause = rootCause(error) as {
      name?: string;
      code?: unknown;
      cause?: { name?: string; code?: unknown };
      stack?: string;
    };
    const inner = cause.cause ?? cause;
    const frames = (inner as { stack?: string }).stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 6);
    const kind =
      error instanceof GraphQLError && cause === error
        ? 'GraphQLError'
        : `${inner.name ?? 'Error'} ${String(inner.code ?? '')}`.trim();
    this.ports.log.failure(operationId, { code, kind, detail: frames?.join('\n') });
  }
}

/** What a caller declares stands in evidence and logs: no place for an ID number. */
function checkDeclared(header: string, text: string | null | undefined): void {
  if (text && hidesCitizenId(text)) throw new UsageError('IDENTIFIER_PLACE', { params: { name: `header ${header}` } });
}

/**
 * Text that cannot be stored is refused; so are identifiers (`forbidden` names) in a GET, whose variables stand in the
 * URL and so in every log on the way.
 */
function checkVariables(value: unknown, forbidden: readonly string[]): void {
  if (typeof value === 'string' && unstorable(value)) throw new UsageError('GRAPHQL_TEXT');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, below] of Object.entries(value)) {
    if (forbidden.includes(name)) throw new UsageError('IDENTIFIER_LITERAL', { params: { name } });
    checkVariables(below, forbidden);
  }
}
