/** Why a stored field is not an ordinary value. KEPT: the full value of an earlier run, now masked or a placeholder at the source. */
export type FieldState =
  { kind: 'EMPTY' } | { kind: 'MASKED_AT_SOURCE' } | { kind: 'PLACEHOLDER' } | { kind: 'KEPT'; run: number };

export type FieldStates = Record<string, FieldState>;

const LETTERS = { EMPTY: 'E', MASKED_AT_SOURCE: 'M', PLACEHOLDER: 'P' } as const;
const KINDS = { E: 'EMPTY', M: 'MASKED_AT_SOURCE', P: 'PLACEHOLDER' } as const;

/**
 * `states` column: `idNumber=E;mobile=M;name=K17`, sorted by field so that equal states are equal text (the row's hash
 * is taken over it); null when there is no exception. Only exceptions are written: absent and ordinary values are not.
 */
export function encodeStates(states: Readonly<Record<string, FieldState | FieldState['kind']>> | null): string | null {
  if (states === null) return null;
  const fields = Object.keys(states);
  if (fields.length === 0) return null;
  if (fields.length > 1) fields.sort();
  let text = '';
  for (const field of fields) {
    const state = states[field]!;
    const kind = typeof state === 'string' ? state : state.kind;
    const letter =
      kind === 'KEPT' ? `K${typeof state === 'string' ? 0 : (state as { run: number }).run}` : LETTERS[kind];
    text += text === '' ? `${field}=${letter}` : `;${field}=${letter}`;
  }
  return text;
}

/** The inverse of `encodeStates`; unknown letters are left out, so that an older program reads a newer row. */
export function decodeStates(text: string | null): FieldStates {
  const states: FieldStates = {};
  if (!text) return states;
  for (const entry of text.split(';')) {
    const at = entry.indexOf('=');
    const letter = entry.charAt(at + 1);
    if (letter === 'K') states[entry.slice(0, at)] = { kind: 'KEPT', run: Number(entry.slice(at + 2)) };
    else if (letter in KINDS) states[entry.slice(0, at)] = { kind: KINDS[letter as keyof typeof KINDS] };
  }
  return states;
}
