import type { Tx } from '../../platform/database/index.js';
import { sourceTables } from '../link/index.js';
import { writeAreas, writeConflicts } from './beside-resident.repository.js';
import { claimResidents } from './claim-work.js';
import { goldenOf, type Candidate, type Conflict } from './golden.js';
import { membersOf, personCandidates, type Member } from './read-candidates.js';
import {
  closeResidents,
  lockResidents,
  PERSON_FIELDS,
  residentRow,
  writeResidents,
  type ResidentRow,
} from './resident.repository.js';

/**
 * One batch of residents: lock their rows, read what their members say now, choose field by field, write what differs.
 * A resident without live records is closed.
 *
 * @returns the number of residents looked at; 0 when there was nothing to do.
 */
export async function unifyResidents(tx: Tx, size: number): Promise<number> {
  const { ids, run } = await claimResidents(tx, size);
  if (ids.length === 0) return 0;
  await lockResidents(tx, ids);
  const members = await membersOf(tx, ids);
  const candidates = await candidatesOf(tx, members);

  const made: ResidentRow[] = [];
  const closed: string[] = [];
  const conflicts = new Map<string, readonly Conflict[]>(ids.map((id) => [id, []]));
  const areas = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  for (const { resident, areas: own } of members) for (const area of own) areas.get(resident)!.add(area);
  for (const id of ids) {
    const rows = candidates.get(id);
    if (!rows) {
      closed.push(id);
      areas.get(id)!.clear();
      continue;
    }
    const golden = goldenOf(PERSON_FIELDS, rows);
    conflicts.set(id, golden.conflicts);
    made.push(residentRow(id, golden));
  }
  await writeResidents(tx, made);
  await closeResidents(tx, closed, run);
  await writeConflicts(tx, conflicts);
  await writeAreas(tx, areas);
  return ids.length;
}

/** All live Person rows by resident; one statement per source. */
async function candidatesOf(tx: Tx, members: readonly Member[]): Promise<Map<string, Candidate[]>> {
  const bySource = new Map<string, Member[]>();
  for (const member of members) {
    const list = bySource.get(member.source);
    if (list) list.push(member);
    else bySource.set(member.source, [member]);
  }
  const { rows: domains } = await tx.query<{ id: string; domain: string }>('SELECT id, domain FROM control.source');
  const domainOf = new Map(domains.map((row) => [row.id, row.domain]));
  const byResident = new Map<string, Candidate[]>();
  for (const [source, list] of bySource) {
    const tables = await sourceTables(tx, source);
    const personKeys = list.map((member) => member.personKey);
    const found = await personCandidates(tx, tables, domainOf.get(source) ?? '', PERSON_FIELDS, personKeys);
    list.forEach(({ resident }, index) => {
      if (found[index]!.length === 0) return;
      const known = byResident.get(resident);
      if (known) known.push(...found[index]!);
      else byResident.set(resident, found[index]!);
    });
  }
  return byResident;
}
