import { compact, isMasked } from './characters.js';
import { EMPTY, invalid, masked, value, type NormaliseResult } from './result.js';

/** A decimal as text: no grouping, no plus, no needless zeros (`1,200.50` → `1200.5`), so that equal numbers are equal text. */
export function normaliseDecimal(input: string): NormaliseResult {
  let text = compact(input);
  if (text === '') return EMPTY;
  if (isMasked(text)) return masked(text);
  text = text.replace(/^[¥¥$]/, '').replace(/(?:元|平方米|平米|㎡|m²|m2)$/i, '');
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) text = text.replaceAll(',', '');
  const parts = /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(text);
  if (!parts || !/\d/.test(text)) return invalid('decimalShape');
  const whole = parts[2] || '0';
  const fraction = (parts[3] ?? '').replace(/0+$/, '');
  if (whole.length > 13 || fraction.length > 4) return invalid('decimalRange');
  const number = fraction ? `${whole}.${fraction}` : whole;
  return value(parts[1] === '-' && number !== '0' ? `-${number}` : number);
}

/** A whole number as text, within the range that JSON carries exactly. */
export function normaliseInteger(input: string): NormaliseResult {
  const read = normaliseDecimal(input);
  if (read.state !== 'VALUE') return read;
  return /^-?\d{1,10}$/.test(read.value) && Math.abs(Number(read.value)) <= 2_147_483_647
    ? read
    : invalid('integerShape');
}

const TRUE = new Set(['1', 'true', 't', 'y', 'yes', '是', '有', '对']);
const FALSE = new Set(['0', 'false', 'f', 'n', 'no', '否', '无', '没有', '不是', '非']);

/** `true` or `false` as text. */
export function normaliseBoolean(input: string): NormaliseResult {
  const text = compact(input).toLowerCase();
  if (text === '') return EMPTY;
  if (TRUE.has(text)) return value('true');
  return FALSE.has(text) ? value('false') : invalid('booleanWord');
}
