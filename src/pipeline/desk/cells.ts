import { shapeOf } from '../conform/index.js';
import type { SourceRow } from '../adapter-kit/index.js';
import { shownValue, type PlaceRule, type ValuePlan } from './value-plan.js';

/** One value of a refused record, as the inquiry may see it. */
export interface Cell {
  /** JSON pointer into the record. */
  pointer: string;
  /** Null where it is withheld or the source wrote null. */
  value: string | null;
  shape: string;
  access: PlaceRule['access'];
  rule: string;
  /** The value that the mapping refused. */
  bad: boolean;
  fields: string[];
}

const MOST = 500;

/** The leaves of a record in the source's order; the one at `badPointer`, or all below it, are marked. Pure. */
export function cellsOf(row: SourceRow, plan: ValuePlan, badPointer: string): Cell[] {
  const cells: Cell[] = [];
  const visit = (value: unknown, pointer: string, names: string[]): void => {
    if (cells.length >= MOST) return;
    if (typeof value === 'object' && value !== null) {
      for (const [name, below] of Object.entries(value))
        visit(
          below,
          `${pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`,
          Array.isArray(value) ? names : [...names, name],
        );
      return;
    }
    const rule = plan.of(names);
    const text = value === null || value === undefined ? null : String(value);
    cells.push({
      pointer,
      value: text === null ? null : shownValue(rule, text),
      shape: shapeOf(value),
      access: rule.access,
      rule: rule.rule,
      bad: badPointer !== '' && (pointer === badPointer || pointer.startsWith(`${badPointer}/`)),
      fields: rule.fields,
    });
  };
  visit(row, '', []);
  return cells;
}
