/** What the command line gives. */
export interface QueryOptions {
  resident?: string;
  name?: string;
  household?: string;
  idNumber?: string;
  graphql?: string;
  variables?: string;
  first: string;
  after?: string;
  purpose?: string;
  case?: string;
  as?: string;
  token?: string;
  url?: string;
}
