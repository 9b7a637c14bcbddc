import { subjectKeyId } from '../store/index.js';
import { isOlder, type SealedPlace } from './sealed-place.js';

/** The persons' keys: unwrapped and wrapped anew, page by page; what they seal is not touched. */
export const subjectKeyPlace: SealedPlace = {
  name: 'subject-key',
  count: async (tx) => {
    const { rows } = await tx.query<{ n: number }>(`SELECT count(*)::float8 AS n FROM data.subject_key`);
    return rows[0]!.n;
  },
  anyBefore: async (tx, version) => {
    const { rows } = await tx.query<{ found: boolean }>(
      `SELECT EXISTS (SELECT FROM data.subject_key WHERE get_byte(wrapped, 1) < $1) AS found`,
      [version],
    );
    return rows[0]!.found;
  },
  rewrap: async (tx, keyring, mark, limit) => {
    const [source, person] = mark ?? ['', ''];
    const { rows } = await tx.query<{ source: string; person_key: string; wrapped: Buffer }>(
      `SELECT source, person_key, wrapped FROM data.subject_key WHERE (source, person_key) > ($1, $2)
       ORDER BY source, person_key LIMIT $3 FOR UPDATE`,
      [source, person, limit],
    );
    const old = rows.filter((row) => isOlder(row.wrapped, keyring.keyVersion));
    if (old.length > 0) {
      const ids = old.map((row) => subjectKeyId(row.source, row.person_key));
      const keys = old.map((row, i) => keyring.unwrapSubjectKey(row.wrapped, ids[i]!));
      const wrapped = keyring.wrapSubjectKeys(keys, ids);
      keys.forEach((key) => key.fill(0));
      await tx.query(
        `UPDATE data.subject_key k SET wrapped = substring($3::bytea FROM ((u.at - 1) * $4::int4 + 1)::int4 FOR $4::int4)
         FROM unnest($1::text[], $2::text[]) WITH ORDINALITY u(source, person_key, at)
         WHERE k.source = u.source AND k.person_key = u.person_key`,
        [old.map((row) => row.source), old.map((row) => row.person_key), Buffer.concat(wrapped), wrapped[0]!.length],
      );
    }
    const last = rows.at(-1);
    return { seen: rows.length, rewrapped: old.length, after: last ? [last.source, last.person_key] : mark };
  },
};
