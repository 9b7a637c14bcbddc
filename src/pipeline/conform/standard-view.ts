import type { EntityName, FieldSpec, Violation } from '../../standard/index.js';

/** What a normaliser of `src/standard` answers (see `NORMALISERS` there). */
export type Normalised =
  | { state: 'VALUE'; value: string; extra?: Readonly<Record<string, string | boolean>> }
  | { state: 'EMPTY'; value?: undefined }
  | { state: 'MASKED_AT_SOURCE'; value?: string }
  | { state: 'INVALID'; reason: string };

export type Normalise = (text: string, argument?: string) => Normalised;

/** Codes of one list. */
export interface CodeSet {
  has(code: string): boolean;
}

/** The part of the standard a mapping is compiled against; tests may pass a smaller one. */
export interface StandardView {
  entity(name: string): { name: EntityName; fields: readonly FieldSpec[] } | undefined;
  normaliser(name: string): Normalise | undefined;
  /** Field types a normaliser's value fits; undefined when every type. */
  yields(normaliser: string): readonly string[] | undefined;
  /** By-products a normaliser offers under `take`. */
  takes(normaliser: string): readonly string[];
  /** Null when the normaliser takes the argument, else the arguments it knows. */
  argumentsOf(normaliser: string, argument: string): readonly string[] | null;
  codes(list: string): CodeSet | undefined;
  /** Checks a record's values; the first that is out of the standard, else null. */
  validate(
    entity: EntityName,
    values: Readonly<Record<string, unknown>>,
    states: Readonly<Record<string, string>> | null,
  ): Violation | null;
}
