import { CODE_LISTS, type CodeListName } from '../generated/code-lists.js';
import type { Code, CodeListSpec } from '../spec.js';

/** A code list with its lookups. */
export class CodeList {
  readonly #byCode: Map<string, Code>;
  readonly #byName: Map<string, Code>;

  constructor(readonly spec: CodeListSpec) {
    this.#byCode = new Map(spec.codes.map((code) => [code.code, code]));
    this.#byName = new Map(spec.codes.map((code) => [code.name, code]));
  }

  get name(): string {
    return this.spec.name;
  }

  get codes(): readonly Code[] {
    return this.spec.codes;
  }

  has(code: string): boolean {
    return this.#byCode.has(code);
  }

  find(code: string): Code | undefined {
    return this.#byCode.get(code);
  }

  /** The Chinese name of a code, or undefined. */
  nameOf(code: string): string | undefined {
    return this.#byCode.get(code)?.name;
  }

  /** The code with exactly this Chinese name, or undefined; where names repeat below several parents, the last. */
  codeOf(name: string): string | undefined {
    return this.#byName.get(name)?.code;
  }

  /** The broadest code that this one belongs to (21 初婚 → 20 已婚), itself when it has no parent. */
  rollUp(code: string): string {
    let at = this.#byCode.get(code);
    while (at?.parent) at = this.#byCode.get(at.parent);
    return at?.code ?? code;
  }
}

const made = new Map<string, CodeList>();

/** A code list of the standard by name; made once. Undefined when there is none of that name. */
export function findCodeList(name: string): CodeList | undefined {
  const known = made.get(name);
  if (known) return known;
  if (!Object.hasOwn(CODE_LISTS, name)) return undefined;
  const list = new CodeList(CODE_LISTS[name as CodeListName]);
  made.set(name, list);
  return list;
}

/** A code list that the caller knows to exist. */
export function codeList(name: CodeListName): CodeList {
  return findCodeList(name)!;
}
