import type { Outcome } from '../../../pipeline/on-demand/index.js';
import { ENTITIES, type EntityName } from '../../../standard/index.js';
import type { DisclosureState } from '../../graph/index.js';
import { idNumbers } from '../residents/id-number.repository.js';
import { RESIDENTS } from '../residents/residents.repository.js';
import { disclose } from '../shared/disclosed.js';
import { goldenById } from '../shared/golden.repository.js';
import type { Operation } from '../shared/operation.js';
import { consult, type Desk } from './consult.js';
import { type GraphVerdict, verdictOf } from './verdicts.js';

export interface PoliceRecord {
  resident: string;
  found: boolean;
  outcome: Extract<Outcome, { state: 'answered' }>;
  source: string;
  checkedAt: Date;
}

export interface MobileCheck {
  verdict: GraphVerdict;
  source: string;
  checkedAt: Date;
}

/** What the register says of a resident now; null with the reason disclosed. */
export async function policeRecord(operation: Operation, desk: Desk, id: string): Promise<PoliceRecord | null> {
  const plan = operation.plan('HouseholdRegistration');
  if (plan.record.access === 'WITHHELD') return withheld(operation, id, 'policeRecord', plan.record);
  const number = await numberOf(operation, id);
  if (number === undefined) return missing(operation, id, 'policeRecord', 'ABSENT', 'no-id-number');
  const outcomes = await consult(operation.context, desk, 'person', { idNumber: number }, [id]);
  const answered = outcomes.filter((outcome) => outcome.state === 'answered');
  const outcome = answered.find(({ answer }) => answer.kind === 'records') ?? answered[0];
  if (outcome === undefined) return unanswered(operation, id, 'policeRecord', outcomes);
  const { answer, source } = outcome;
  return { resident: id, found: answer.kind === 'records', outcome, source, checkedAt: answer.at };
}

/** Whether the operator confirms the resident's mobile number now; null with the reason disclosed. */
export async function mobileCheck(operation: Operation, desk: Desk, id: string): Promise<MobileCheck | null> {
  const decision = operation.plan('Person').of('mobile');
  if (decision.access !== 'SHOWN') return withheld(operation, id, 'mobileCheck', decision);
  const { context } = operation;
  const number = await numberOf(operation, id);
  const golden = (await context.locally(() => goldenById(operation, RESIDENTS, [id]))).get(id);
  const text = async (field: string): Promise<string | undefined> => {
    const stored = await context.locally(() => golden?.stored(operation, field));
    const whole = stored?.exception === null || stored?.exception.kind === 'KEPT';
    return whole && typeof stored.value === 'string' ? stored.value : undefined;
  };
  const [name, phone] = [await text('name'), await text('mobile')];
  if (number === undefined || name === undefined || phone === undefined)
    return missing(operation, id, 'mobileCheck', 'ABSENT', 'nothing-to-check');
  const outcomes = await consult(
    ...([context, desk, 'identity', { idNumber: number, name, phone }, [id]] as const),
    ({ service }) => service.claims!.includes('phone'),
  );
  const answered = outcomes.filter((outcome) => outcome.state === 'answered');
  const [first] = answered;
  if (first === undefined) return unanswered(operation, id, 'mobileCheck', outcomes);
  return { verdict: verdictOf(outcomes, 'phone'), source: first.source, checkedAt: first.answer.at };
}

/** One value of what the register said, in the form the plan gives it. */
export function recordValue(operation: Operation, of: PoliceRecord, entity: EntityName, field: string): unknown {
  const spec = ENTITIES[entity].fields.find(({ name }) => name === field)!;
  const { answer } = of.outcome;
  const record = answer.kind === 'records' ? answer.records.find((one) => one.entity === entity) : undefined;
  const kind = record?.states?.[field];
  const { value, entry } = disclose(spec, operation.plan(entity).of(field), {
    value: record?.values[field] ?? null,
    exception: kind === undefined ? null : { kind },
    stale: false,
    unavailable: false,
    asOf: of.checkedAt,
  });
  if (entry)
    operation.context.disclose({ type: 'Resident', id: of.resident, field: `policeRecord.${field}`, ...entry });
  return value;
}

/** The residents' numbers, opened for the call and not shown; each whose number is read is named in the evidence. */
function numberOf(operation: Operation, id: string): Promise<string | undefined> {
  const { context } = operation;
  return operation.load('on-demand number', id, (ids) =>
    context.locally(() => {
      ids.forEach((one) => context.subject(one));
      return idNumbers(operation, ids);
    }),
  );
}

/** Which of the calls fell through says the rule: down, slow, or more than one person under the number. */
function unanswered(operation: Operation, id: string, field: string, outcomes: readonly Outcome[]): null {
  const codes = outcomes.map((outcome) => (outcome.state === 'unavailable' ? outcome.code : ''));
  if (codes.includes('CONNECTOR_SEVERAL')) return missing(operation, id, field, 'ABSENT', 'number-shared');
  const rule = codes.length === 0 ? 'no-lookup-source' : 'source-unavailable';
  return missing(operation, id, field, 'SOURCE_UNAVAILABLE', rule);
}

function missing(operation: Operation, id: string, field: string, state: DisclosureState, rule: string): null {
  operation.context.disclose({ type: 'Resident', id, field, state, access: 'SHOWN', rule, level: 3 });
  return null;
}

function withheld(
  operation: Operation,
  id: string,
  field: string,
  { rule, level, unlock }: { rule: string; level: number | null; unlock: string | null },
): null {
  operation.context.disclose({ type: 'Resident', id, field, access: 'WITHHELD', rule, level, unlock });
  return null;
}
