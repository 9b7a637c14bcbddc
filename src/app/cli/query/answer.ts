/** One entry of `extensions.disclosure`, as a client sees it. */
export interface Disclosure {
  path: string[];
  state?: string;
  access: string;
  rule: string;
  level: number | null;
  asOf: string | null;
  stale: boolean;
  unlock: string | null;
  ids?: string[];
}

export interface GraphError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; reason?: string; cure?: string; requestId?: string };
}

/** A GraphQL answer. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: GraphError[];
  extensions?: { disclosure?: Disclosure[]; operationId?: string };
}
