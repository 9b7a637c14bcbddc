import { ConfigurationError } from '../../platform/kernel/index.js';

/** One thing wrong with a mapping: a catalogue code (text and cure in zh and en) and where it stands. */
export interface MappingProblem {
  file: string;
  /** JSON pointer into the file. */
  pointer: string;
  code: string;
  params: Record<string, string | number>;
}

/** Collects what is wrong while the mapping is compiled, so that one look shows everything. */
export class Problems {
  readonly list: MappingProblem[] = [];
  constructor(private readonly file: string) {}

  add(pointer: string, code: string, params: Record<string, string | number> = {}): void {
    this.list.push({ file: this.file, pointer, code, params });
  }
}

/** The mapping cannot be used; `problems` holds every reason. */
export class MappingError extends ConfigurationError {
  constructor(
    readonly problems: readonly MappingProblem[],
    adapter?: string,
  ) {
    const first = problems[0];
    super('MAPPING_INVALID', {
      origin: 'mapping',
      where: {
        ...(adapter === undefined ? {} : { adapter }),
        ...(first === undefined ? {} : { file: first.file, pointer: first.pointer }),
      },
      params: { count: problems.length, first: first?.code ?? '' },
    });
  }
}

/** Appends one step to a JSON pointer (RFC 6901). */
export const step = (pointer: string, name: string | number): string =>
  `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
