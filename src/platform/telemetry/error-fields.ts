import { IsthmusError } from '../kernel/index.js';
import type { LogFields } from './log-fields.js';

const FRAME = /(?:\/|\()((?:dist|src)\/[\w./-]+):(\d+):(\d+)\)?$/;

/**
 * What may be known of an error: code, class, whose fault, where in terms of sources and rows, and the places in our
 * own code. Never its text: messages of drivers and parsers quote what they stumbled over.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { kind: typeof error };
  const fields: LogFields = { kind: error.name, frames: framesOf(error) };
  if (error instanceof IsthmusError) {
    const { source, stream, adapter, row, field, setting } = error.where;
    Object.assign(fields, { code: error.code, origin: error.origin, source, stream, adapter, row, field, setting });
  }
  const cause = error instanceof IsthmusError && error.cause instanceof Error ? error.cause : error;
  const state = (cause as { code?: unknown }).code;
  if (typeof state === 'string' && state !== fields.code) fields.sqlState = state;
  return fields;
}

function framesOf(error: Error): string[] {
  // The first lines of a stack repeat the message, which may hold line breaks: only lines in a frame's form count.
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines
    .flatMap((line) => {
      const match = FRAME.exec(line.trim());
      return match ? [`${match[1]}:${match[2]}:${match[3]}`] : [];
    })
    .slice(0, 8);
}
