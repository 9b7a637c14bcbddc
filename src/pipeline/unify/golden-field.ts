import { ENTITIES, type EntityName, type FieldSpec } from '../../standard/index.js';
import { nameForm } from '../link/index.js';

/** A field as unify sees it: who decides, and when two sources say the same. */
export interface GoldenField {
  name: string;
  spec: FieldSpec;
  /** Rank of a source's domain for this field: 0 is the first authority; who is none comes last. */
  rank(domain: string): number;
  /** Codes that say "not stated": a value, but one that never wins over a stated one. */
  unstated: ReadonlySet<string>;
  /** True when the two values do not contradict each other. */
  agree(a: string, b: string): boolean;
}

const NONE: ReadonlySet<string> = new Set();
/** GB/T 2261.1: 0 unknown, 9 not stated. GB/T 2261.2: 90 not stated. */
const UNSTATED: Readonly<Record<string, ReadonlySet<string>>> = {
  sex: new Set(['0', '9']),
  maritalStatus: new Set(['90']),
  lifeStatus: new Set(['unknown']),
};

const same = (a: string, b: string): boolean => a === b;
const AGREE: Readonly<Record<string, GoldenField['agree']>> = {
  name: (a, b) => nameForm(a) === nameForm(b),
  formerName: (a, b) => nameForm(a) === nameForm(b),
  headName: (a, b) => nameForm(a) === nameForm(b),
  /** GB/T 2261.2 is a tree: 21 (first marriage) is a 20 (married). */
  maritalStatus: (a, b) => a[0] === b[0],
};

function goldenField(spec: FieldSpec): GoldenField {
  const steward = spec.steward as readonly string[];
  return {
    name: spec.name,
    spec,
    rank: (domain) => {
      const rank = steward.indexOf(domain);
      return rank === -1 ? steward.length : rank;
    },
    unstated: UNSTATED[spec.name] ?? NONE,
    agree:
      AGREE[spec.name] ??
      // A date known to the month agrees with every day of it.
      (spec.type === 'partialDate' ? (a, b): boolean => a.startsWith(b) || b.startsWith(a) : same),
  };
}

/** The golden fields of an entity, in the order of the standard. */
export const goldenFields = (entity: EntityName): readonly GoldenField[] => ENTITIES[entity].fields.map(goldenField);

/** Columns of the typed table that carry the fields' values; an identifier is represented by its blind index, as hex. */
export const valueColumns = (fields: readonly GoldenField[], alias: string): string =>
  fields
    .map(({ spec }) => {
      if (spec.type === 'identifier') return `encode(${alias}.${spec.column}_index, 'hex')`;
      const plain = `${alias}.${spec.column}`;
      return spec.type === 'date' || spec.type === 'decimal' || spec.type === 'boolean' ? `${plain}::text` : plain;
    })
    .join(', ');
