import { FIELD_LEVELS, type EntityName } from '../../../../standard/index.js';
import { mappedFields } from '../../../conform/index.js';
import { fail, PASS, type Rule } from '../rule.js';

/** What the vendor declares to the steward is what the mapping carries: no field of an undeclared level. */
export const d01: Rule = {
  id: 'D01',
  level: 'MUST',
  title: { zh: '声明的数据级别覆盖全部映射字段', en: 'The declared levels cover every mapped field' },
  needs: ['A01'],
  run: async (exam) => {
    for (const { stream, entity, field } of mappedFields(exam.document)) {
      const of = [...exam.manifest.streams, ...(exam.manifest.services ?? [])].find(({ name }) => name === stream);
      const declared = (of?.['levels'] ?? []) as number[];
      const level = FIELD_LEVELS[entity as EntityName][field] as number;
      if (!declared.includes(level)) return fail(`${stream}: ${entity}.${field} L${level}`);
    }
    return PASS;
  },
};
