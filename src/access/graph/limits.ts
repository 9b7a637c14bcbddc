/** Bounds of one request. Every one is checked before anything is read. */
export interface GraphLimits {
  /** Bytes of a request body. */
  bodyBytes: number;
  /** Depth of nested arrays and objects in the JSON body. */
  jsonDepth: number;
  /** Lexical tokens of a document. */
  tokens: number;
  /** Nesting of selections, fragments expanded. */
  depth: number;
  /** Selected fields, fragments expanded. */
  fields: number;
  rootFields: number;
  /** Pairs of equally named fields that validation would compare: the square of every repetition. */
  repeats: number;
  /** Nesting of lists and objects in a literal argument. */
  valueDepth: number;
  aliases: number;
  directives: number;
  /** Fragment spreads and inline fragments. */
  fragments: number;
  variables: number;
  operations: number;
  /** `first` of any connection. */
  first: number;
  /** Objects an answer could hold, by list sizes. */
  objects: number;
  /** The whole operation, ms. */
  deadlineMs: number;
  /** Arguments and input fields whose value must never stand in a document or URL (L4 identifiers). */
  sensitiveArguments: readonly string[];
}

export const DEFAULT_LIMITS: GraphLimits = {
  bodyBytes: 64 * 1024,
  jsonDepth: 32,
  tokens: 2_000,
  depth: 14,
  fields: 1_000,
  rootFields: 10,
  repeats: 1_000,
  valueDepth: 12,
  aliases: 30,
  directives: 30,
  fragments: 60,
  variables: 50,
  operations: 5,
  first: 200,
  objects: 20_000,
  deadlineMs: 15_000,
  sensitiveArguments: ['idNumber', 'partnerIdNumber', 'certNo', 'idNo', 'certificateNo'],
};
