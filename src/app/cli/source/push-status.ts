import type { Tx } from '../../../platform/database/index.js';
import { PUSH_PATH } from '../../../pipeline/push/index.js';
import { print, type CommandContext } from '../context.js';
import { when } from '../terminal.js';

/** How the events of a pushed stream stand. */
export interface PushLine {
  stream: string;
  /** Where the system sends to, below the gateway's address. */
  path: string;
  lastEventAt: Date | null;
  /** Events that wait to be taken. */
  waiting: number;
  /** Since when the oldest of them has waited, in seconds; 0 where none waits. */
  lagSeconds: number;
}

/** The pushed streams of a source. */
export async function readPush(tx: Tx, source: string): Promise<PushLine[]> {
  const { rows } = await tx.query<PushLine>(
    `SELECT s.name AS stream, $2 || s.source || '/' || s.name AS path,
            (SELECT max(received_at) FROM control.push_seen e WHERE e.stream = s.id) AS "lastEventAt", w.waiting,
            coalesce(round(extract(epoch FROM clock_timestamp() - w.oldest)), 0)::int AS "lagSeconds"
     FROM control.stream s, LATERAL (
       SELECT count(*)::int AS waiting, min(received_at) AS oldest FROM data.push_inbox i WHERE i.stream = s.id) w
     WHERE s.source = $1 AND s.mode = 'push' ORDER BY s.id`,
    [source, PUSH_PATH],
  );
  return rows;
}

export function showPush({ words }: CommandContext, lines: readonly PushLine[]): void {
  for (const { stream, path, lastEventAt, waiting, lagSeconds } of lines)
    print(
      `  ${stream}: POST ${path} · ${words('最近推送', 'last event')} ${when(lastEventAt)} · ${words('待处理', 'waiting')} ${waiting} · ${words('延迟', 'lag')} ${lagSeconds} s`,
    );
}
