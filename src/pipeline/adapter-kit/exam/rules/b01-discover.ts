import { fail, PASS, type Rule } from '../rule.js';

/** What the source offers can be seen: every stream of the manifest, with the fields of its key. */
export const b01: Rule = {
  id: 'B01',
  level: 'MUST',
  title: { zh: '能列出数据流及其主键字段', en: 'Streams and their key fields are discovered' },
  needs: ['A01', 'A02'],
  run: async (exam) => {
    await exam.source();
    const found = await (await exam.open()).discover(exam.signal);
    for (const { name, manifest } of exam.streams) {
      const stream = found.find((candidate) => candidate.name === name);
      if (!stream) return fail(name);
      const missing = manifest.key.filter(
        (field) => !stream.fields.some((candidate) => candidate.name === field.split(/[.[]/)[0]),
      );
      if (missing.length > 0) return fail(`${name}: ${missing.join(', ')}`);
    }
    return PASS;
  },
};
