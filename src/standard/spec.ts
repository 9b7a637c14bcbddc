/** What a field of the standard may be; the storage of each is fixed (see `COLUMN_TYPES` in the generated tables). */
export type FieldType =
  'text' | 'code' | 'date' | 'partialDate' | 'decimal' | 'integer' | 'boolean' | 'phone' | 'division' | 'identifier';

/** Sensitivity: 1 public · 2 internal, not personal · 3 personal · 4 sensitive personal. */
export type Level = 1 | 2 | 3 | 4;

/** May other departments have it: freely, under a stated condition with approval, or not at all. */
export type ShareType = 'unconditional' | 'conditional' | 'none';

/** The domains that can be the authority for a field; the same words as an adapter's `domain`. */
export type Steward = 'police' | 'civil-affairs' | 'telecom' | 'property';

/** The mask that a field plan applies when a field is shown masked (`standard/mask`). */
export type MaskName = 'name' | 'idNumber' | 'phone' | 'address' | 'certificate' | 'year' | 'withhold';

export interface ColumnSpec {
  name: string;
  /** PostgreSQL type. */
  type: string;
}

/** One field of an entity; generated from its property in `schemas/standard/v1`. */
export interface FieldSpec {
  /** camelCase, the name in mappings and in the graph. */
  name: string;
  /** snake_case; an identifier has `<column>_sealed` and `<column>_index` instead. Use `columns` for SQL. */
  column: string;
  columns: readonly ColumnSpec[];
  type: FieldType;
  level: Level;
  /** Authorities in order: the first that says something wins. */
  steward: readonly Steward[];
  share: ShareType;
  codeList?: string;
  mask?: MaskName;
  /** Chinese. */
  title: string;
  /** English. */
  description: string;
  maxLength?: number;
  unit?: string;
  /** True for keys that only join records: not part of the graph. */
  internal?: boolean;
}

/** How an entity stands in the catalogue of government information resources (政务信息资源目录). */
export interface CatalogueSpec {
  /** Resource code: class (1 base, 2 theme, 3 department), item and directory, `/`, serial number. */
  code: string;
  /** Chinese: item and directory (项、目) of the code. */
  category: readonly string[];
  /** Chinese. */
  abstract: string;
  /** YYYY-MM-DD */
  published: string;
}

/** One entity of the standard, its table `data.<table>` and its history `data.<table>_version`. */
export interface EntitySpec {
  name: string;
  table: string;
  /** Chinese. */
  title: string;
  /** English. */
  description: string;
  catalogue: CatalogueSpec;
  fields: readonly FieldSpec[];
}

/** One code of a code list; `schemas/codes/<list>.json`. */
export interface Code {
  code: string;
  /** Chinese. */
  name: string;
  nameEn?: string;
  /** The broader code this one rolls up to. */
  parent?: string;
  /** Numeric form, where the standard has one beside the letters (country). */
  number?: string;
  /** Letter form (ethnicity). */
  letters?: string;
  level?: 'province' | 'prefecture' | 'county' | 'township' | 'community';
  /** First and last day on which the code is in force; without them as long as the list. */
  validFrom?: string;
  validTo?: string;
  /** What took the place of a code that ended. */
  successors?: string[];
}

/** One code list with its origin. */
export interface CodeListSpec {
  name: string;
  title: string;
  titleEn: string;
  standard: string;
  edition: string;
  validFrom: string;
  count: number;
  /** Names are unique within the list, or only among the codes of one parent. */
  uniqueWithin?: 'parent';
  note?: string;
  codes: readonly Code[];
}
