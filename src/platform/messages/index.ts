import { IsthmusError } from '../kernel/index.js';
import { accessMessages } from './catalogue/access.js';
import { adapterMessages } from './catalogue/adapter.js';
import { cliMessages } from './catalogue/cli.js';
import { doctorMessages } from './catalogue/doctor.js';
import { kernelMessages } from './catalogue/kernel.js';
import { lineageMessages } from './catalogue/lineage.js';
import { linkMessages } from './catalogue/link.js';
import { platformMessages } from './catalogue/platform.js';
import { policyMessages } from './catalogue/policy.js';
import { keysMessages } from './catalogue/keys.js';
import { pushMessages } from './catalogue/push.js';
import { standardMessages } from './catalogue/standard.js';
import { syncMessages } from './catalogue/sync.js';
import { deskMessages } from './catalogue/desk.js';
import { holdMessages } from './catalogue/hold.js';
import type { Message } from './define.js';

export type { Message } from './define.js';

/** Every code the product can utter. A room adds its part under `catalogue/` and one line here. */
export const MESSAGES = {
  ...accessMessages,
  ...adapterMessages,
  ...cliMessages,
  ...doctorMessages,
  ...kernelMessages,
  ...lineageMessages,
  ...linkMessages,
  ...platformMessages,
  ...policyMessages,
  ...keysMessages,
  ...pushMessages,
  ...standardMessages,
  ...syncMessages,
  ...holdMessages,
  ...deskMessages,
} satisfies Record<string, Message>;

export type MessageCode = keyof typeof MESSAGES;
export type Language = 'zh' | 'en';

export interface SpokenMessage {
  code: string;
  text: string;
  cure: string;
}

/** What a message says of something that is not known (a code kept without its params) is left out, brackets and all. */
const CLAUSE = / ?[(（][^()（）{}]*\{(\w+)\}[^()（）{}]*[)）]|[:：] ?\{(\w+)\}|\{(\w+)\}/g;

function fill(text: string, params: Record<string, string | number>): string {
  const known = text.replace(CLAUSE, (clause, ...names: (string | undefined)[]) => {
    const [bracketed, listed, plain] = names;
    if ((bracketed ?? listed ?? plain)! in params) return clause;
    return plain === undefined ? '' : '…';
  });
  return known.replace(/\{(\w+)\}/g, (place, name: string) => (name in params ? String(params[name]) : place));
}

/** Commands that a message names, as they run when pasted into a shell in the program's directory. */
const COMMAND = /(?<![\w/.-]|npx --no-install )isthmus (?=[a-z])/g;
const pasted = (text: string): string => text.replace(COMMAND, 'npx --no-install isthmus ');

/** The text and cure of a code in one language; an unknown code is spoken as INTERNAL. */
export function speak(code: string, language: Language, params: Record<string, string | number> = {}): SpokenMessage {
  const known = (MESSAGES as Record<string, Message>)[code];
  const message = known ?? MESSAGES.INTERNAL;
  return {
    code: known ? code : 'INTERNAL',
    text: fill(pasted(message[language]), params),
    cure: fill(pasted(message.cure[language]), params),
  };
}

/** What a person is told about an error; anything without a catalogue code becomes INTERNAL and reveals nothing. */
export function speakError(error: unknown, language: Language): SpokenMessage {
  if (!(error instanceof IsthmusError)) return speak('INTERNAL', language);
  return speak(error.code, language, { ...(error.where as Record<string, string | number>), ...error.params });
}
