import type { Compile } from './compile-context.js';
import { ABSENT, VALUE, type Evaluate } from './outcome.js';
import type { Path } from './path.js';

const SPOILT = /^\d{14,19}[\dXx]?$/;

/**
 * An identifier as a key: the 18-character form of a citizen number, other certificates as written in capitals.
 * A masked, empty or spoilt one is no key.
 */
export function identifierOf(path: Path, compile: Compile): Evaluate {
  const normalise = compile.standard.normaliser('citizenId');
  return (row, out) => {
    const raw = path.read(row);
    if (raw === undefined || raw === null) return ABSENT;
    if (typeof raw !== 'string') return out.reject('MAPPING_INVALID_VALUE', path, raw, 'notText');
    const said = normalise?.(raw);
    if (said?.state === 'EMPTY' || said?.state === 'MASKED_AT_SOURCE') return ABSENT;
    // A spoilt citizen number names nobody: as a key it would make its person vanish and another appear.
    if (said?.state === 'INVALID' && SPOILT.test(raw.trim())) return ABSENT;
    const text = said?.state === 'VALUE' ? said.value : raw.trim().toUpperCase();
    if (text === '') return ABSENT;
    out.value = text;
    return VALUE;
  };
}
