import type { Tx } from '../../platform/database/index.js';
import { relinkSelected } from './relink.js';
import { RULES, type LinkRule, type RuleInput } from './rules/index.js';

/** True of a person (`n`, a row of data.link_node) whose records say something of this kind. */
const SAYS: Record<RuleInput, string> = {
  ids: `n.facts::jsonb -> 4 <> '[]'`,
  births: `n.facts::jsonb -> 2 <> '[]'`,
  phones: anyOf({ person: 'mobile', property_occupancy: 'contact_phone', telecom_subscription: 'msisdn' }),
  dwellings: anyOf({
    household_registration: 'address_key',
    property_occupancy: 'dwelling_key',
    telecom_subscription: 'install_address_key',
  }),
};

function anyOf(columns: Record<string, string>): string {
  const parts = Object.entries(columns).map(
    ([table, column]) =>
      `EXISTS (SELECT 1 FROM control.stream s JOIN data.${table} t ON t.stream = s.id AND t.person_key = n.person_key
         WHERE s.source = n.source AND t.${column} IS NOT NULL AND t.gone_run IS NULL)`,
  );
  return `(${parts.join(' OR ')})`;
}

/**
 * Compares the rules of this program with those that the links were made with, and queues whom a changed rule can
 * concern: persons who have a key of it, and persons who say all that it asks for. An older program than the last one
 * changes nothing.
 *
 * @returns the persons queued, by rule; empty when no rule is newer.
 */
export async function requeueChangedRules(tx: Tx, rules: readonly LinkRule[] = RULES): Promise<Map<string, number>> {
  const queued = new Map<string, number>();
  const { rows } = await tx.query<{ code: string; version: number }>('SELECT code, version FROM control.link_rule');
  const known = new Map(rows.map((row) => [row.code, row.version]));
  for (const { code, kind, version, uses } of rules) {
    if ((known.get(code) ?? 0) >= version) continue;
    const { rowCount } = await tx.query(
      `INSERT INTO control.link_rule AS r (code, version) VALUES ($1, $2)
       ON CONFLICT (code) DO UPDATE SET version = excluded.version, applied_at = clock_timestamp() WHERE r.version < excluded.version`,
      [code, version],
    );
    // Another worker was first.
    if (rowCount === 0) continue;
    const select = `SELECT n.source, n.person_key FROM data.link_node n
      WHERE n.id IN (SELECT node FROM data.match_key WHERE key >= $1::bytea AND key < $2::bytea)
         OR (${uses.map((input) => SAYS[input]).join(' AND ')})`;
    queued.set(code, await relinkSelected(tx, select, [Buffer.of(kind), Buffer.of(kind + 1)]));
  }
  return queued;
}
