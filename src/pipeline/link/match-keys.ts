import type { Keyring } from '../../platform/keys/index.js';
import type { NodeEvidence } from './facts.js';
import { RULES } from './rules/index.js';

/** 1 byte: kind of the rule; 16 bytes: keyed digest. */
export const KEY_BYTES = 17;
/** More keys than this say nothing good about a node; the first in order are kept. */
const MOST_KEYS = 64;
const BUCKETS = 1024;

/** Kind of the keys that people's verdicts make; kinds below are rules. */
export const VERDICT_KIND = 0x10;

/** A match key as 17 characters of latin1: cheap to compare and to use in maps. */
export type MatchKey = string;

/** The keys of a node, sorted. An ID number is already a blind index; other texts are digested under their rule's name. */
export function matchKeys(evidence: NodeEvidence, keyring: Keyring): MatchKey[] {
  const keys: MatchKey[] = [];
  for (const rule of RULES) {
    const kind = String.fromCharCode(rule.kind);
    for (const text of rule.texts(evidence)) {
      const digest = rule.kind === 1 ? Buffer.from(text, 'hex') : keyring.blindIndex(`link/${rule.code}`, text);
      keys.push(kind + digest.toString('latin1'));
    }
  }
  return [...new Set(keys)].sort().slice(0, MOST_KEYS);
}

export const kindOf = (key: MatchKey): number => key.charCodeAt(0);

export const isRuleKey = (key: MatchKey): boolean => kindOf(key) < VERDICT_KIND;

/** The advisory-lock bucket of a key; 15 000 single locks would exhaust the server's lock table. */
export const bucketOf = (key: MatchKey): number => ((key.charCodeAt(1) << 8) | key.charCodeAt(2)) % BUCKETS;

/** Keys side by side, as `data.link_node.keys` and parameters carry them. */
export const packKeys = (keys: readonly MatchKey[]): Buffer => Buffer.from(keys.join(''), 'latin1');

export function unpackKeys(bytes: Buffer): MatchKey[] {
  const keys: MatchKey[] = [];
  for (let at = 0; at < bytes.length; at += KEY_BYTES) keys.push(bytes.toString('latin1', at, at + KEY_BYTES));
  return keys;
}
