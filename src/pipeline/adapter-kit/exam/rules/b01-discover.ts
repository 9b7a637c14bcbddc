import { fail, PASS, type Rule } from '../rule.js';
import { fieldNames, type Upstream } from '../upstream/upstream.js';

/**
 * What the source offers can be seen: every stream of the manifest, with the fields of its key; a query yields the
 * columns the fixtures have.
 */
export const b01: Rule = {
  id: 'B01',
  level: 'MUST',
  title: { zh: '能列出数据流及其主键字段', en: 'Streams and their key fields are discovered' },
  needs: ['A01', 'A02'],
  run: async (exam) => {
    const upstream = await exam.source();
    const found = await (await exam.open()).discover(exam.signal);
    for (const { name, manifest, rows } of exam.streams) {
      const stream = found.find((candidate) => candidate.name === name);
      if (!stream) return fail(name);
      const missing = manifest.key.filter(
        (field) => !stream.fields.some((candidate) => candidate.name === field.split(/[.[]/)[0]),
      );
      if (missing.length > 0) return fail(`${name}: ${missing.join(', ')}`);
      const columns = await queryColumns(upstream, name);
      if (typeof columns === 'string') return fail(`${name}: ${columns}`);
      const unknown = columns && fieldNames(rows).filter((field) => !columns.includes(field));
      if (unknown && unknown.length > 0) return fail(`${name}: ${unknown.join(', ')}`);
    }
    return PASS;
  },
};

/** The columns of the stream's query, null where there is none to prove, or the state of a database that refuses it. */
async function queryColumns(upstream: Upstream, stream: string): Promise<string[] | string | null> {
  try {
    return await upstream.queryColumns(stream);
  } catch (error) {
    return `select ${(error as { code?: string }).code ?? 'error'}`;
  }
}
