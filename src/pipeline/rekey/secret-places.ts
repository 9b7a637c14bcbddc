import { inboxAad } from '../push/index.js';
import { quarantineAad } from '../store/index.js';
import { secretsAad } from '../sync/index.js';
import { isOlder, type SealedPlace } from './sealed-place.js';

interface Column {
  name: string;
  table: string;
  sealed: string;
  /** The primary key, and the type of each of its columns. */
  key: readonly (readonly [column: string, type: string])[];
  /** Below every key. */
  least: readonly string[];
  /** Other columns that the place's name is made of. */
  also?: string;
  aad(row: Record<string, unknown>): string;
}

/** Values sealed one by one (`Keyring.sealSecret`): opened and sealed again in their place. */
const secretPlace = ({ name, table, sealed, key, least, also, aad }: Column): SealedPlace => {
  const columns = key.map(([column]) => column).join(', ');
  const given = key.map(([, type], i) => `$${i + 1}::text::${type}`).join(', ');
  const limitAt = `$${key.length + 1}`;
  return {
    name,
    count: async (tx) => {
      const { rows } = await tx.query<{ n: number }>(
        `SELECT count(*)::float8 AS n FROM ${table} WHERE ${sealed} IS NOT NULL`,
      );
      return rows[0]!.n;
    },
    anyBefore: async (tx, version) => {
      const { rows } = await tx.query<{ found: boolean }>(
        `SELECT EXISTS (SELECT FROM ${table} WHERE length(${sealed}) > 1 AND get_byte(${sealed}, 1) < $1) AS found`,
        [version],
      );
      return rows[0]!.found;
    },
    rewrap: async (tx, keyring, mark, limit) => {
      const { rows } = await tx.query<Record<string, unknown> & { sealed: Buffer; mark: string[] }>(
        `SELECT ${columns}${also ? `, ${also}` : ''}, ${sealed} AS sealed,
           ARRAY[${key.map(([column]) => `${column}::text`).join(', ')}] AS mark
         FROM ${table} WHERE (${columns}) > (${given}) AND ${sealed} IS NOT NULL ORDER BY ${columns} LIMIT ${limitAt} FOR UPDATE`,
        [...(mark ?? least), limit],
      );
      const old = rows.filter((row) => isOlder(row.sealed, keyring.keyVersion));
      for (const row of old)
        await tx.query(`UPDATE ${table} SET ${sealed} = ${limitAt} WHERE (${columns}) = (${given})`, [
          ...row.mark,
          keyring.sealSecret(keyring.openSecret(row.sealed, aad(row)), aad(row)),
        ]);
      return { seen: rows.length, rewrapped: old.length, after: rows.at(-1)?.mark ?? mark };
    },
  };
};

/** Passwords and tokens of sources. */
export const sourceSecretPlace = secretPlace({
  name: 'source-secret',
  table: 'control.source',
  sealed: 'secrets',
  key: [['id', 'text']],
  least: [''],
  aad: (row) => secretsAad(row['id'] as string),
});

/** Records that were refused. */
export const quarantinePlace = secretPlace({
  name: 'quarantine',
  table: 'data.quarantine',
  sealed: 'body',
  key: [
    ['stream', 'int4'],
    ['raw', 'bytea'],
  ],
  least: ['-1', ''],
  aad: (row) => quarantineAad(row['stream'] as number, row['raw'] as Buffer),
});

/** Pushed events that wait. */
export const inboxPlace = secretPlace({
  name: 'push-inbox',
  table: 'data.push_inbox',
  sealed: 'body',
  key: [
    ['stream', 'int4'],
    ['seq', 'int8'],
  ],
  least: ['-1', '-1'],
  also: 'event',
  aad: (row) => inboxAad(row['stream'] as number, row['event'] as Buffer),
});
