import type { RequestListener } from 'node:http';

/** Two services on one port: what begins with `prefix` goes to `own`, the rest to `other`. */
export const beside =
  (prefix: string, own: RequestListener, other: RequestListener): RequestListener =>
  (request, response) =>
    (request.url?.startsWith(prefix) ? own : other)(request, response);
