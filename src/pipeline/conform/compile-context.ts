import type { CodeTable } from './code-tables.js';
import type { ManifestView } from './mapping-document.js';
import type { Problems } from './problems.js';
import type { StandardView } from './standard-view.js';

/** What every compile step needs. */
export interface Compile {
  standard: StandardView;
  manifest: ManifestView;
  tables: ReadonlyMap<string, CodeTable>;
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
