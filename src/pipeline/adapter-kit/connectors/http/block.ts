import { ConfigurationError } from '../../../../platform/kernel/index.js';
import type { StreamManifest } from '../../contract.js';

/** The `http:` block of a stream, with its defaults filled in. */
export interface HttpBlock {
  path: string;
  /** Fixed query parameters. */
  parameters: Record<string, string>;
  /** Dotted path of the array of items in the body; '' = the body is the array. */
  items: string;
  paging: HttpPaging;
}

export interface HttpPaging {
  /** `offset`: first row; `page`: number of the page, the first is `firstPage`; `none`: one answer is all. */
  style: 'offset' | 'page' | 'none';
  offsetParam: string;
  limitParam: string;
  pageParam: string;
  firstPage: number;
  totalHeader?: string;
  /** Dotted path of the total in the body. */
  totalPath?: string;
}

/** The block of a stream of a validated manifest. @throws ConfigurationError ADAPTER_BLOCK. */
export function httpBlock(stream: StreamManifest): HttpBlock {
  const given = stream['http'] as (Partial<Omit<HttpBlock, 'paging'>> & { paging?: Partial<HttpPaging> }) | undefined;
  if (!given?.path)
    throw new ConfigurationError('ADAPTER_BLOCK', { where: { stream: stream.name, field: 'http.path' } });
  return {
    path: given.path,
    parameters: given.parameters ?? {},
    items: given.items ?? '',
    paging: {
      style: 'offset',
      offsetParam: 'offset',
      limitParam: 'limit',
      pageParam: 'page',
      firstPage: 1,
      ...given.paging,
    },
  };
}
