/** What the command line gives. */
export interface PreviewCommandOptions {
  rows: string;
  stream?: string[];
  set?: string[];
  secret?: string[];
  showValues?: boolean;
}
