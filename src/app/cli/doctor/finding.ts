import { IsthmusError } from '../../../platform/kernel/index.js';
import { speak, speakError } from '../../../platform/messages/index.js';
import type { CommandContext } from '../context.js';

/** NOT_REACHED: something before it failed, and it rests on that. */
export type Verdict = 'OK' | 'WARN' | 'FAIL' | 'SKIPPED' | 'NOT_REACHED';

/** What one check found. */
export interface Finding {
  id: string;
  verdict: Verdict;
  text: string;
  code: string | null;
  cure: string | null;
}

export const good = (id: string, text: string): Finding => ({ id, verdict: 'OK', text, code: null, cure: null });
export const skipped = (id: string, text: string): Finding => ({
  id,
  verdict: 'SKIPPED',
  text,
  code: null,
  cure: null,
});

export const notReached = ({ words }: CommandContext, id: string): Finding => ({
  id,
  verdict: 'NOT_REACHED',
  text: words('前面的检查未通过', 'something before it failed'),
  code: null,
  cure: null,
});

/** A finding that has a code of the catalogue, and so a cure. */
export function bad(
  { language }: CommandContext,
  id: string,
  verdict: 'WARN' | 'FAIL',
  code: string,
  params: Record<string, string | number> = {},
): Finding {
  const spoken = speak(code, language, params);
  return { id, verdict, text: spoken.text, code: spoken.code, cure: spoken.cure };
}

/** A finding from an error; of a foreign one only its kind is told. */
export function broken(context: CommandContext, id: string, error: unknown): Finding {
  if (error instanceof IsthmusError) {
    const { code, text, cure } = speakError(error, context.language);
    return { id, verdict: 'FAIL', text, code, cure };
  }
  const reason = String((error as { code?: unknown }).code ?? (error as Error).name);
  return bad(context, id, 'FAIL', 'DOCTOR_DATABASE', { reason });
}
