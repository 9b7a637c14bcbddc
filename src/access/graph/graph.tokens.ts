/** What the application hands in: ports and settings. */
export const GRAPH_OPTIONS = Symbol('GRAPH_OPTIONS');
/** The request handler in front of Apollo Server. */
export const GRAPH_ENTRY = Symbol('GRAPH_ENTRY');
