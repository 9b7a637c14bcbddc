/** What the command line gives. */
export interface AddOptions {
  adapter: string;
  set?: string[];
  secret?: string[];
  schedule?: string;
  check: boolean;
}
