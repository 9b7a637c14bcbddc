import type { Tx } from '../../platform/database/index.js';
import type { EntityName } from '../../standard/index.js';
import { RowBuffer, copyRows } from './copy-rows.js';
import { renewCurrentVersions } from './current-version.js';
import type { EncodedRecord } from './encode-record.js';
import { entityTable } from './entity-table.js';
import { existingRows, type ExistingRow } from './existing-rows.js';
import { hidingFields, keepFullValues, type Hiding } from './keep-full-values.js';
import { markGone } from './mark-gone.js';
import type { Candidate, PageEffect, PagePlan } from './page-plan.js';
import { quarantineRecords } from './quarantine.repository.js';

/** What the process needs to know of the worker's rights and of the row clock. */
export interface WriteOptions {
  /** COPY refuses tables with row security unless the role bypasses it. */
  copyDirect: boolean;
  recordedAt: string;
}

/**
 * Writes a page inside the caller's fenced transaction. A first load copies straight into the tables; a later page
 * reads what stands under its keys, decides in the process, and stages only what really changed.
 *
 * @throws a PostgreSQL error 23505 on a first load whose page repeats a key of an earlier page: write it again with `firstLoad` false.
 */
export async function writePage(tx: Tx, plan: PagePlan, options: WriteOptions): Promise<PageEffect> {
  const effect = plan.firstLoad ? await load(tx, plan, options) : await merge(tx, plan, options);
  if (plan.versioned)
    await renewCurrentVersions(tx, plan.stream, plan.entities, [
      ...new Set([...personKeys(plan), ...effect.personsLost]),
    ]);
  return effect;
}

const emptyEffect = (): PageEffect => ({
  created: 0,
  updated: 0,
  unchanged: 0,
  revived: 0,
  deletedByMessage: 0,
  skippedDuplicate: 0,
  differing: [],
  skippedAlreadyDeleted: 0,
  accepted: [],
  shadowed: [],
  changedKeys: [],
  deletedKeys: [],
  personsLost: [],
});

async function load(tx: Tx, plan: PagePlan, options: WriteOptions): Promise<PageEffect> {
  const effect = emptyEffect();
  const buffers = new Map<EntityName, RowBuffer>();
  for (const candidate of plan.candidates) {
    candidate.records.forEach((record, index) => {
      bufferOf(buffers, record.entity).push(
        record,
        placeOf(plan, candidate, candidate.n, 1, index === 0),
        options.recordedAt,
      );
    });
    effect.accepted.push({ raw: candidate.raw, n: candidate.n });
    effect.changedKeys.push(candidate.key);
  }
  effect.created = plan.candidates.length;
  effect.skippedAlreadyDeleted = plan.deletes.length;
  await copyInto(tx, buffers, options);
  await quarantineRecords(tx, plan, new Map());
  return effect;
}

async function merge(tx: Tx, plan: PagePlan, options: WriteOptions): Promise<PageEffect> {
  const effect = emptyEffect();
  const existing = await existingRows(tx, plan.stream, plan.entities, keysOf(plan));
  const changed: { candidate: Candidate; rows: ExistingRow[]; n: number }[] = [];
  const sameContent: { entity: EntityName; key: string; raw: Buffer }[] = [];
  for (const candidate of plan.candidates) {
    const rows = existing.get(candidate.key) ?? [];
    const carrier = rows.find((row) => row.carrier && row.live);
    const n = carrier?.n ?? rows[0]?.n ?? candidate.n;
    if (carrier && plan.isSeen(carrier.n)) {
      if (sameSet(candidate.records, rows)) effect.skippedDuplicate++;
      else effect.differing.push(candidate.n);
      continue;
    }
    effect.accepted.push({ raw: candidate.raw, n });
    if (carrier && sameSet(candidate.records, rows)) {
      effect.unchanged++;
      sameContent.push({ entity: carrier.entity, key: candidate.key, raw: candidate.raw });
      continue;
    }
    if (carrier) effect.updated++;
    else if (rows.length) effect.revived++;
    else effect.created++;
    effect.changedKeys.push(candidate.key);
    effect.personsLost.push(...rows.flatMap((row) => row.personKey ?? []));
    changed.push({ candidate, rows, n });
  }
  await keepFullValues(
    tx,
    plan.stream,
    changed.flatMap(({ candidate, rows }) => hidingsOf(candidate, rows)),
  );
  await stageAndUpsert(tx, plan, changed, options);
  await renewHashes(tx, plan.stream, sameContent);
  await returnMissed(tx, plan);
  await deleteByMessage(tx, plan, existing, effect);
  effect.shadowed = await quarantineRecords(tx, plan, existing);
  return effect;
}

const keysOf = (plan: PagePlan): string[] => [
  ...plan.candidates.map((candidate) => candidate.key),
  ...plan.deletes.map((one) => one.key),
  ...plan.quarantined.flatMap((one) => (one.key === null ? [] : [one.key])),
];

const personKeys = (plan: PagePlan): string[] => [
  ...new Set(plan.candidates.flatMap((candidate) => candidate.records.flatMap((record) => record.personKey ?? []))),
];

/** The new set of records says exactly what the stored set says. */
function sameSet(records: readonly EncodedRecord[], rows: readonly ExistingRow[]): boolean {
  const live = rows.filter((row) => row.live);
  return (
    live.length === records.length &&
    records.every((record) => {
      const row = live.find((one) => one.entity === record.entity && one.part === record.part);
      return row !== undefined && row.hash.equals(record.hash);
    })
  );
}

function hidingsOf(candidate: Candidate, rows: readonly ExistingRow[]): Hiding[] {
  return candidate.records.flatMap((record) => {
    const before = rows.find((row) => row.live && row.entity === record.entity && row.part === record.part);
    return before && hidingFields(record).length ? [{ key: candidate.key, record, before }] : [];
  });
}

async function stageAndUpsert(
  tx: Tx,
  plan: PagePlan,
  changed: readonly { candidate: Candidate; rows: ExistingRow[]; n: number }[],
  options: WriteOptions,
): Promise<void> {
  const buffers = new Map<EntityName, RowBuffer>();
  const vanished = new Map<EntityName, { keys: string[]; parts: string[] }>();
  for (const { candidate, rows, n } of changed) {
    candidate.records.forEach((record, index) => {
      const before = rows.find((row) => row.entity === record.entity && row.part === record.part);
      if (before?.live && before.hash.equals(record.hash) && index > 0) return;
      bufferOf(buffers, record.entity).push(
        record,
        placeOf(plan, candidate, n, (before?.version ?? 0) + 1, index === 0),
        options.recordedAt,
      );
    });
    for (const row of rows) {
      if (!row.live || candidate.records.some((record) => record.entity === row.entity && record.part === row.part))
        continue;
      const list = vanished.get(row.entity) ?? { keys: [], parts: [] };
      list.keys.push(row.key);
      list.parts.push(row.part);
      vanished.set(row.entity, list);
    }
  }
  for (const [entity, list] of vanished) await markGone(tx, { stream: plan.stream, run: plan.run, entity, ...list });
  await upsert(tx, plan.run, buffers);
}

/** Stage → history of what is replaced → upsert. */
async function upsert(tx: Tx, run: number, buffers: ReadonlyMap<EntityName, RowBuffer>): Promise<void> {
  for (const entity of buffers.keys()) {
    const { stage, table } = entityTable(entity);
    await tx.query(`CREATE TEMP TABLE IF NOT EXISTS ${stage} (LIKE ${table} INCLUDING DEFAULTS) ON COMMIT DELETE ROWS`);
  }
  await copyRows(tx, buffers, 'stage');
  for (const entity of buffers.keys()) {
    const { stage, table, versions, columns, columnList } = entityTable(entity);
    await tx.query(
      `INSERT INTO ${versions} (${columnList}, replaced_run, op)
       SELECT ${columns.map((column) => `t."${column}"`).join(', ')}, $1, 'U'
       FROM ${table} t JOIN ${stage} s USING (stream, key, part) WHERE t.gone_run IS NULL`,
      [run],
    );
    const sets = columns.slice(3).map((column) => `"${column}" = excluded."${column}"`);
    await tx.query(
      `INSERT INTO ${table} (${columnList}) SELECT ${columnList} FROM ${stage}
       ON CONFLICT (stream, key, part) DO UPDATE SET ${sets.join(', ')}`,
    );
  }
}

/** First load: straight into the table where allowed, through the stage elsewhere. */
async function copyInto(tx: Tx, buffers: ReadonlyMap<EntityName, RowBuffer>, options: WriteOptions): Promise<void> {
  if (options.copyDirect) return copyRows(tx, buffers, 'table');
  for (const entity of buffers.keys()) {
    const { stage, table } = entityTable(entity);
    await tx.query(`CREATE TEMP TABLE IF NOT EXISTS ${stage} (LIKE ${table} INCLUDING DEFAULTS) ON COMMIT DELETE ROWS`);
  }
  await copyRows(tx, buffers, 'stage');
  for (const entity of buffers.keys()) {
    const { stage, table, columnList } = entityTable(entity);
    await tx.query(`INSERT INTO ${table} (${columnList}) SELECT ${columnList} FROM ${stage}`);
  }
}

/** Same content in other bytes: only the hash of the bytes is renewed. */
async function renewHashes(
  tx: Tx,
  stream: number,
  rows: readonly { entity: EntityName; key: string; raw: Buffer }[],
): Promise<void> {
  for (const entity of new Set(rows.map((row) => row.entity))) {
    const mine = rows.filter((row) => row.entity === entity);
    await tx.query(
      `UPDATE ${entityTable(entity).table} t SET raw = u.raw, missed = 0 FROM unnest($2::text[], $3::bytea[]) u(key, raw)
       WHERE t.stream = $1 AND t.key = u.key AND t.raw IS NOT NULL`,
      [stream, mine.map((row) => row.key), mine.map((row) => row.raw)],
    );
  }
}

async function returnMissed(tx: Tx, plan: PagePlan): Promise<void> {
  if (plan.returned.length === 0) return;
  for (const entity of plan.entities) {
    await tx.query(
      `UPDATE ${entityTable(entity).table} SET missed = 0 WHERE stream = $1 AND key = ANY($2) AND missed > 0`,
      [plan.stream, plan.returned],
    );
  }
}

async function deleteByMessage(
  tx: Tx,
  plan: PagePlan,
  existing: ReadonlyMap<string, ExistingRow[]>,
  effect: PageEffect,
): Promise<void> {
  const doomed = new Set<string>();
  for (const { key } of plan.deletes) {
    const live = existing.get(key)?.some((row) => row.live) ?? false;
    if (live && !doomed.has(key)) doomed.add(key);
    else effect.skippedAlreadyDeleted++;
  }
  if (doomed.size === 0) return;
  const keys = [...doomed];
  for (const entity of plan.entities) {
    const gone = await markGone(tx, { stream: plan.stream, run: plan.run, entity, keys });
    effect.deletedByMessage += gone.carriers;
    effect.personsLost.push(...gone.personKeys);
  }
  effect.deletedKeys.push(...keys);
}

const placeOf = (plan: PagePlan, candidate: Candidate, n: number, version: number, carrier: boolean) => ({
  stream: plan.stream,
  key: candidate.key,
  n,
  version,
  run: plan.run,
  raw: carrier ? candidate.raw : null,
});

function bufferOf(buffers: Map<EntityName, RowBuffer>, entity: EntityName): RowBuffer {
  let buffer = buffers.get(entity);
  if (!buffer) buffers.set(entity, (buffer = new RowBuffer()));
  return buffer;
}
