import type { CodeTable } from './code-tables.js';
import type { ManifestView } from './mapping-document.js';
import type { Row } from './path.js';
import type { Problems } from './problems.js';
import type { StandardView } from './standard-view.js';

/** A compiled condition. */
export type Test = (row: Row) => boolean;

/** What every compile step needs. */
export interface Compile {
  standard: StandardView;
  manifest: ManifestView;
  tables: ReadonlyMap<string, CodeTable>;
  /** Named conditions; filled in the order of the file. */
  conditions: Map<string, Test>;
  problems: Problems;
}

/** The field an expression fills. */
export interface Target {
  name: string;
  type: string;
  codeList?: string;
}

/** Types that are not of the standard: any normaliser's text will do. */
export const KEY: Target = { name: '', type: 'key' };
export const MOMENT: Target = { name: '', type: 'moment' };
