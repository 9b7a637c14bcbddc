import { escapeLike } from '../shared/sql-text.js';
import { type Conditions, NO_CONDITIONS } from '../shared/golden.repository.js';
import type { FieldPlan } from '../../../governance/policy/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import { normaliseName, normalisePhone } from '../../../standard/index.js';

export interface ResidentFilter {
  name?: string | null;
  namePrefix?: string | null;
  birthDate?: string | null;
  phone?: string | null;
  sex?: string | null;
  maritalStatus?: string | null;
}

/**
 * The filter as conditions. Every field it names must be one the plan shows: a condition on a hidden field would
 * tell its value by the number of rows.
 *
 * @throws ForbiddenError FIELD_WITHHELD; UsageError FILTER_UNREADABLE for an empty name or an impossible phone.
 */
export function conditionsOf(plan: FieldPlan, filter: ResidentFilter): Conditions {
  const { words, params } = NO_CONDITIONS();
  const add = (field: string, value: unknown, word: (place: string) => string): void => {
    plan.requireFilter(field);
    words.push(word(`$${params.push(value)}`));
  };
  if (filter.name != null) add('name', nameOf(filter.name, 'name'), (place) => `r.name = ${place}`);
  if (filter.namePrefix != null)
    add('name', `${escapeLike(nameOf(filter.namePrefix, 'namePrefix'))}%`, (place) => `r.name LIKE ${place}`);
  if (filter.birthDate != null)
    add('birthDate', `${escapeLike(filter.birthDate)}%`, (place) => `r.birth_date LIKE ${place}`);
  if (filter.phone != null) add('mobile', phoneOf(filter.phone), (place) => `r.mobile = ${place}`);
  if (filter.sex != null) add('sex', filter.sex, (place) => `r.sex = ${place}`);
  if (filter.maritalStatus != null)
    add('maritalStatus', filter.maritalStatus, (place) => `r.marital_status = ${place}`);
  return { words, params };
}

function nameOf(text: string, argument: string): string {
  const name = normaliseName(text);
  if (name.state !== 'VALUE') throw new UsageError('FILTER_UNREADABLE', { params: { name: argument } });
  return name.value;
}

function phoneOf(text: string): string {
  const { state, value } = normalisePhone(text);
  if (state !== 'valid' || value === undefined)
    throw new UsageError('FILTER_UNREADABLE', { params: { name: 'phone' } });
  return value;
}
