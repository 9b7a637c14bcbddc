import { compact, isMasked } from './characters.js';

export interface Plate {
  state: 'valid' | 'masked' | 'invalid' | 'empty';
  /** Province, letter and number without a separator. */
  value?: string;
  newEnergy?: boolean;
}

const PLATE =
  /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Z](?:[A-Z0-9]{4}[A-Z0-9挂学警港澳]|[A-Z0-9]{6})$/;

/** Reads a number plate; a new-energy plate has six characters behind province and letter. */
export function normalisePlate(input: string): Plate {
  const text = compact(input)
    .toUpperCase()
    .replace(/[·•.-]/g, '');
  if (text === '') return { state: 'empty' };
  if (isMasked(text)) return { state: 'masked', value: text };
  if (!PLATE.test(text)) return { state: 'invalid' };
  return { state: 'valid', value: text, newEnergy: text.length === 8 };
}
