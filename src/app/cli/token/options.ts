/** What the command line gives. */
export interface IssueOptions {
  role: string;
  unit: string;
  person: string;
  expires?: string;
}
