import type { AdapterManifest, SourceConnection } from '../../../pipeline/adapter-kit/index.js';
import type { CompiledMapping } from '../../../pipeline/conform/index.js';
import { IsthmusError } from '../../../platform/kernel/index.js';

const PAGE = 50;

/** What the first page of a stream held; only counts and codes leave. */
export interface FirstPage {
  stream: string;
  read: number;
  refused: number;
  /** Why the first of them was refused. */
  first: string;
}

/** Reads the first page of every stream and maps it in memory. @throws IsthmusError of the connector. */
export async function firstPages(
  manifest: AdapterManifest,
  mappings: ReadonlyMap<string, CompiledMapping>,
  connection: SourceConnection,
  deadlineMs: number,
): Promise<FirstPage[]> {
  const pages: FirstPage[] = [];
  for (const { name } of manifest.streams)
    pages.push(await firstPage(connection, name, mappings.get(name)!, AbortSignal.timeout(deadlineMs)));
  return pages;
}

async function firstPage(
  connection: SourceConnection,
  stream: string,
  mapping: CompiledMapping,
  signal: AbortSignal,
): Promise<FirstPage> {
  const found: FirstPage = { stream, read: 0, refused: 0, first: '' };
  for await (const page of connection.read({ stream, checkpoint: null, pageSize: PAGE, signal })) {
    for (const record of page.records) {
      found.read++;
      const code = refusal(connection, stream, mapping, record);
      if (code === null) continue;
      found.refused++;
      found.first ||= code;
    }
    // A stream read by periods or windows may begin with empty ones.
    if (found.read > 0) break;
  }
  return found;
}

function refusal(
  connection: SourceConnection,
  stream: string,
  mapping: CompiledMapping,
  record: Uint8Array,
): string | null {
  try {
    const made = mapping.conform(connection.parse(stream, record));
    return made.kind === 'rejected' ? made.rejection.code : null;
  } catch (error) {
    if (error instanceof IsthmusError) return error.code;
    throw error;
  }
}
