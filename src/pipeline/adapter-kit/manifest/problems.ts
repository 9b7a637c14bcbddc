import { ConfigurationError } from '../../../platform/kernel/index.js';

/** One thing wrong with a manifest: a catalogue code and where it stands. */
export interface ManifestProblem {
  file: string;
  /** JSON pointer into the file. */
  pointer: string;
  code: string;
  params: Record<string, string | number>;
}

/** Notes one problem. */
export type Report = (pointer: string, code: string, params?: Record<string, string | number>) => void;

/** The manifest cannot be used; `problems` holds every reason. */
export class ManifestError extends ConfigurationError {
  constructor(
    readonly problems: readonly ManifestProblem[],
    adapter?: string,
  ) {
    const first = problems[0];
    super('ADAPTER_MANIFEST', {
      origin: 'mapping',
      where: {
        ...(adapter === undefined ? {} : { adapter }),
        ...(first === undefined ? {} : { file: first.file, pointer: first.pointer }),
      },
      params: { count: problems.length, first: first?.code ?? '' },
    });
  }
}
