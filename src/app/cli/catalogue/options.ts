/** What the command line gives. */
export interface CatalogueOptions {
  text?: string;
  level?: string;
  share?: string;
  steward?: string;
  class?: string;
  standard?: boolean;
}
