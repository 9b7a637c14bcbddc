import { identifierIndex } from '../../../pipeline/store/index.js';
import { ForbiddenError, UsageError } from '../../../platform/kernel/index.js';
import { normaliseCitizenId, normaliseName, normalisePhone } from '../../../standard/index.js';
import { residentsByIdNumber } from '../residents/residents.repository.js';
import type { Operation } from '../shared/operation.js';
import { consult, type Desk } from './consult.js';
import { type Check, checksOf, type GraphVerdict, verdictOf } from './verdicts.js';

export interface IdentityArgs {
  idNumber: string;
  name?: string | null;
  phone?: string | null;
}

export interface IdentityVerdicts {
  idNumber: GraphVerdict;
  name: GraphVerdict;
  phone: GraphVerdict;
  checks: Check[];
}

/**
 * Asks the authorities whether number, name and phone belong together. Nothing that they or we hold is shown, and a
 * claim that is wrong is answered like one of which nothing is known.
 *
 * @throws UsageError ID_NUMBER_UNREADABLE, FILTER_UNREADABLE; ForbiddenError FIELD_WITHHELD.
 */
export async function verifyIdentity(operation: Operation, desk: Desk, args: IdentityArgs): Promise<IdentityVerdicts> {
  const { context } = operation;
  const inputs: Record<string, string> = { idNumber: numberOf(operation, args.idNumber) };
  if (args.name != null) inputs['name'] = nameOf(operation, args.name);
  if (args.phone != null) inputs['phone'] = phoneOf(operation, args.phone);
  const subjects = await subjectsOf(operation, inputs['idNumber']!);
  const made = Object.keys(inputs);
  const outcomes = await consult(context, desk, 'identity', inputs, subjects, ({ service }) =>
    service.claims!.some((claim) => made.includes(claim)),
  );
  const numberAsked = outcomes.length > 0 && made.includes('name');
  // The check of a number wants a name; without one the register is asked for the number, and what it holds is dropped.
  const registers = numberAsked
    ? []
    : await consult(context, desk, 'person', { idNumber: inputs['idNumber']! }, subjects);
  const known = registers.filter(({ state }) => state === 'answered').map((outcome) => isKnown(outcome));
  return {
    idNumber: numberAsked
      ? verdictOf(outcomes, 'idNumber')
      : known.includes(true)
        ? 'YES'
        : known.length
          ? 'NO'
          : 'UNKNOWN',
    name: verdictOf(outcomes, 'name'),
    phone: made.includes('phone') ? verdictOf(outcomes, 'phone') : 'UNKNOWN',
    checks: checksOf([...outcomes, ...registers]),
  };
}

const isKnown = (outcome: Awaited<ReturnType<typeof consult>>[number]): boolean =>
  outcome.state === 'answered' && outcome.answer.kind === 'records';

export interface MarriageArgs {
  idNumber: string;
  partnerIdNumber: string;
}

/** @throws UsageError ID_NUMBER_UNREADABLE; ForbiddenError FIELD_WITHHELD unless the purpose names marriage records. */
export async function verifyMarriage(
  operation: Operation,
  desk: Desk,
  args: MarriageArgs,
): Promise<{ married: GraphVerdict; checks: Check[] }> {
  const { record } = operation.plan('MarriageRecord');
  if (record.access === 'WITHHELD')
    throw new ForbiddenError('FIELD_WITHHELD', {
      origin: 'policy',
      params: { name: 'MarriageRecord', rule: record.rule },
    });
  const idNumber = numberOf(operation, args.idNumber);
  const partnerIdNumber = numberOf(operation, args.partnerIdNumber);
  const subjects = [...(await subjectsOf(operation, idNumber)), ...(await subjectsOf(operation, partnerIdNumber))];
  const outcomes = await consult(operation.context, desk, 'marriage', { idNumber, partnerIdNumber }, subjects);
  return { married: verdictOf(outcomes, 'marriage'), checks: checksOf(outcomes) };
}

function numberOf(operation: Operation, text: string): string {
  operation.plan('Person').requireFilter('idNumber', true);
  const { id18 } = normaliseCitizenId(text);
  if (id18 === undefined) throw new UsageError('ID_NUMBER_UNREADABLE');
  return id18;
}

function nameOf(operation: Operation, text: string): string {
  operation.plan('Person').requireFilter('name');
  const name = normaliseName(text);
  if (name.state !== 'VALUE') throw new UsageError('FILTER_UNREADABLE', { params: { name: 'name' } });
  return name.value;
}

function phoneOf(operation: Operation, text: string): string {
  operation.plan('Person').requireFilter('mobile');
  const { state, value } = normalisePhone(text);
  if (state !== 'valid' || value === undefined)
    throw new UsageError('FILTER_UNREADABLE', { params: { name: 'phone' } });
  return value;
}

/** The residents with this number; a number that none of ours has is named by its keyed index. */
function subjectsOf(operation: Operation, id18: string): Promise<string[]> {
  return operation.context.locally(async () => {
    const index = identifierIndex(operation.kit.keyring, id18);
    const residents = await residentsByIdNumber(operation, index);
    const subjects = residents.length > 0 ? residents : [`citizen-id/${index.toString('hex')}`];
    subjects.forEach((subject) => operation.context.subject(subject));
    return subjects;
  });
}
