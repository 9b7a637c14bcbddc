import { fullId } from './full-id.js';
import { nameBirthPhone } from './name-birth-phone.js';
import { nameDwelling } from './name-dwelling.js';
import type { LinkRule, RuleCode } from './rule.js';

export { isWholeName, nameForm } from './name-form.js';
export type { LinkRule, RuleCode, RuleInput } from './rule.js';

/** All rules, strongest first. */
export const RULES: readonly LinkRule[] = [fullId, nameBirthPhone, nameDwelling];

export const ruleOfKind = (kind: number): RuleCode => RULES[kind - 1]!.code;
