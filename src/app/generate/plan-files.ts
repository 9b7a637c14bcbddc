import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPlan, type BenchReport } from './city-plan.js';
import { growth, snapshotOf, type ColumnSnapshot } from './column-snapshot.js';
import { emitCatalogue } from './emit-catalogue.js';
import { emitCodes } from './emit-codes.js';
import { emitEntities } from './emit-entities.js';
import { emitFaults, faultLines } from './emit-faults.js';
import { emitGraphql } from './emit-graphql.js';
import { emitMigration, migrationEffect } from './emit-migration.js';
import { emitRules } from './emit-rules.js';
import { emitTypes } from './emit-types.js';
import { emitValidators } from './emit-validators.js';
import { loadCodeLists } from './load-codes.js';
import { loadStandard } from './load-standard.js';

const GENERATED = 'src/standard/generated';
const MIGRATIONS = 'src/platform/database/migrations';
const SNAPSHOT = `${GENERATED}/columns.json`;
const DEPLOY = 'deploy/README.md';
const BENCH = 'deploy/bench.json';
const FIRST_MIGRATION = '0002-standard-tables.sql';

/**
 * Everything the schemas below `root` call for: path → content. A migration is among them only when the
 * columns grew since the committed snapshot.
 *
 * @throws ConfigurationError with a STANDARD_* code when a schema or code list is wrong or the change is destructive.
 */
export async function planFiles(root: string): Promise<Map<string, string>> {
  const lists = loadCodeLists(join(root, 'schemas/codes'));
  const entities = loadStandard(join(root, 'schemas/standard/v1'), new Set(lists.map(({ name }) => name)));
  const after = snapshotOf(entities);
  const first = !existsSync(join(root, SNAPSHOT));
  const before = first ? {} : (JSON.parse(readFileSync(join(root, SNAPSHOT), 'utf8')) as ColumnSnapshot);
  const grown = growth(before, after);
  const files = new Map<string, string>([
    [`${GENERATED}/entities.ts`, emitEntities(entities)],
    [`${GENERATED}/code-lists.ts`, emitCodes(lists)],
    [`${GENERATED}/types.ts`, await emitTypes(entities)],
    [`${GENERATED}/validators.ts`, emitValidators(entities, lists)],
    [`${GENERATED}/graphql.ts`, emitGraphql(entities)],
    [`${GENERATED}/field-rules.ts`, emitRules(entities)],
    ['schemas/README.md', emitCatalogue(entities, lists)],
    ['adapters/FAULTS.md', emitFaults(faultLines(join(root, 'schemas/adapter/faults.json')))],
    [SNAPSHOT, `${JSON.stringify(after, null, 2)}\n`],
  ]);
  if (existsSync(join(root, BENCH)))
    files.set(DEPLOY, withPlan(text(root, DEPLOY), JSON.parse(text(root, BENCH)) as BenchReport));
  if (grown.newTables.length + grown.newColumns.length > 0) {
    const name = first ? FIRST_MIGRATION : `${nextNumber(root)}-standard-${migrationEffect(grown)}.sql`;
    files.set(`${MIGRATIONS}/${name}`, emitMigration(entities, grown));
  }
  return files;
}

const text = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

function nextNumber(root: string): string {
  const numbers = readdirSync(join(root, MIGRATIONS)).map((name) => Number.parseInt(name, 10) || 0);
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0');
}

/** The paths whose content on disk differs from the plan. */
export function changedFiles(root: string, files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(([path, content]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== content)
    .map(([path]) => path);
}
