import { hidesCitizenId, holdsCitizenIdShape, RetriableError, UsageError } from '../../../platform/kernel/index.js';
import { readRunFile } from '../../runtime/run-file.js';
import { EXIT, printJson, say, type CommandContext } from '../context.js';
import type { QueryOptions } from './options.js';
import { readText } from '../source/read-settings.js';
import { paint, readStandardInput, when } from '../terminal.js';
import type { Answer, GraphError } from './answer.js';
import { chooseToken } from './credentials.js';
import {
  HOUSEHOLD_DOCUMENT,
  ID_NUMBER_DOCUMENT,
  NAME_DOCUMENT,
  RESIDENT_DOCUMENT,
  SOURCES_DOCUMENT,
} from './documents.js';
import { graphUrl, send, type Question } from './send.js';
import { showAnswer } from './show.js';
import { showResidents } from './show-list.js';

interface Operation {
  document: string;
  variables: Record<string, unknown>;
  list: boolean;
}

/** Asks one question and prints its answer; the exit code says whether it was answered, not found or refused. */
export async function ask(context: CommandContext, options: QueryOptions): Promise<void> {
  // The command line is in the shell's history and in the process list.
  for (const option of ['purpose', 'case', 'name', 'household'] as const)
    if (hidesCitizenId(options[option] ?? ''))
      throw new UsageError('CLI_ID_NUMBER_OPTION', { params: { option: `--${option}` } });
  if (process.argv.slice(2).some((word) => holdsCitizenIdShape(word))) throw new UsageError('CLI_ID_NUMBER_ARGUMENT');
  const operation = await operationOf(options);
  const question: Question = {
    url: chooseUrl(context, options.url),
    token: chooseToken(context, options),
    purpose: options.purpose,
    caseNo: options.case,
  };
  const answer = await send(context, question, operation.document, operation.variables);
  process.exitCode = exitCodeOfAnswer(answer);
  if (context.json) printJson(answer);
  else {
    if (operation.list) {
      if (showResidents(context, answer) === 0 && !answer.errors) notFound(context);
    } else if (Object.values(answer.data ?? {}).some((value) => value !== null)) showAnswer(context, answer);
    else if (!answer.errors) notFound(context);
    for (const error of answer.errors ?? []) sayGraphError(context, error);
  }
  await sayStaleSources(context, question, answer);
}

/** @throws UsageError CLI_QUERY_WHAT, CLI_VARIABLES, CLI_ID_NUMBER_ARGUMENT, CLI_ID_NUMBER_EMPTY. */
async function operationOf(options: QueryOptions): Promise<Operation> {
  const { resident, name, household, idNumber, graphql } = options;
  const given = [resident, name, household, idNumber, graphql].filter((one) => one !== undefined);
  if (given.length !== 1) throw new UsageError('CLI_QUERY_WHAT');
  if (resident !== undefined) return { document: RESIDENT_DOCUMENT, variables: { id: resident }, list: false };
  if (household !== undefined) return { document: HOUSEHOLD_DOCUMENT, variables: { id: household }, list: false };
  if (idNumber !== undefined) {
    if (idNumber !== '-') throw new UsageError('CLI_ID_NUMBER_ARGUMENT');
    const text = await readStandardInput();
    if (text === '') throw new UsageError('CLI_ID_NUMBER_EMPTY');
    return { document: ID_NUMBER_DOCUMENT, variables: { idNumber: text }, list: false };
  }
  if (graphql !== undefined) {
    const document = graphql.startsWith('@') ? readText(graphql.slice(1)) : graphql;
    return { document, variables: variablesOf(options.variables), list: false };
  }
  const first = Number(options.first);
  if (!Number.isInteger(first) || first < 1)
    throw new UsageError('CLI_USAGE', { params: { problem: '--first 1…200' } });
  return { document: NAME_DOCUMENT, variables: { prefix: name, first, after: options.after ?? null }, list: true };
}

function variablesOf(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const value = JSON.parse(text.startsWith('@') ? readText(text.slice(1)) : text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError('CLI_VARIABLES');
}

function chooseUrl({ config }: CommandContext, given: string | undefined): string {
  if (given !== undefined) {
    if (!URL.canParse(given)) throw new UsageError('CLI_USAGE', { params: { problem: '--url http://…' } });
    return graphUrl(given);
  }
  const running = readRunFile(config.dataDir)?.httpUrl;
  if (!running) throw new RetriableError('CLI_NOT_RUNNING', { where: { file: config.dataDir } });
  return graphUrl(running);
}

const notFound = ({ words }: CommandContext): void => say(words('没有找到', 'Nothing was found'));

function sayGraphError({ words }: CommandContext, { message, extensions }: GraphError): void {
  const code = extensions?.reason ?? extensions?.code ?? '';
  say(`${paint(process.stderr, 'red', '✘')} ${code}  ${message}`);
  if (extensions?.cure) say(`  ${words('处理办法:', 'Cure: ')}${extensions.cure}`);
}

/** One yellow line for each source whose values may be old or missing in this answer. */
async function sayStaleSources(context: CommandContext, question: Question, answer: Answer): Promise<void> {
  const { words } = context;
  const touched = (answer.extensions?.disclosure ?? []).some((one) => one.stale || one.state === 'SOURCE_UNAVAILABLE');
  if (!touched || context.json) return;
  const sources = await send(context, question, SOURCES_DOCUMENT, {}).catch(() => null);
  const list = (sources?.data?.['sources'] ?? []) as { id: string; state: string; asOf: string | null }[];
  for (const { id, state, asOf } of list.filter((one) => one.state !== 'OK'))
    say(
      paint(
        process.stderr,
        'yellow',
        asOf
          ? words(
              `⚠ 数据源 ${id} 状态 ${state}:其值截至 ${when(asOf)}`,
              `⚠ source ${id} is ${state}: its values are as of ${when(asOf)}`,
            )
          : words(`⚠ 数据源 ${id} 状态 ${state}:尚无数据`, `⚠ source ${id} is ${state}: nothing is known from it`),
      ),
    );
}

const REFUSED = new Set([
  ...['UNAUTHENTICATED', 'FORBIDDEN', 'PURPOSE_REQUIRED', 'GRANT_MISSING', 'FIELD_WITHHELD', 'QUOTA_EXCEEDED'],
]);
const UNREACHED = new Set(['SOURCE_UNAVAILABLE', 'AUDIT_UNAVAILABLE']);

/** 0 answered · 1 nothing found, or failed · 2 wrong question · 3 cannot reach · 4 refused by policy. */
export function exitCodeOfAnswer({ data, errors = [] }: Answer): number {
  const codes = errors.map((error) => error.extensions?.code ?? 'INTERNAL');
  if (codes.some((code) => REFUSED.has(code))) return EXIT.refused;
  if (codes.some((code) => UNREACHED.has(code))) return EXIT.unreachable;
  if (codes.some((code) => code === 'BAD_USER_INPUT' || code === 'LIMIT_EXCEEDED')) return EXIT.usage;
  if (codes.length) return EXIT.failed;
  return Object.values(data ?? {}).some((value) => value !== null) ? EXIT.ok : EXIT.failed;
}
