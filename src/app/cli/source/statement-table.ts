import { speak } from '../../../platform/messages/index.js';
import type { CommandContext } from '../context.js';
import { table, when } from '../terminal.js';
import type { RunLine } from './run.repository.js';

const STATES: Record<string, [zh: string, en: string]> = {
  QUEUED: ['排队', 'queued'],
  RUNNING: ['进行中', 'running'],
  SUCCEEDED: ['成功', 'succeeded'],
  PARTIAL: ['部分完成', 'partial'],
  FAILED: ['失败', 'failed'],
  HELD: ['已挂起', 'held'],
  CANCELLED: ['已取消', 'cancelled'],
};
const ORIGINS: Record<string, [zh: string, en: string]> = {
  source: ['来源', 'source'],
  mapping: ['映射', 'mapping'],
  policy: ['策略', 'policy'],
  gateway: ['本网关', 'gateway'],
};

/** Statements of runs, every term of both balances. */
export function statementTable({ words }: CommandContext, runs: readonly RunLine[]): string {
  return table(
    {
      head: [
        ...[words('运行', 'run'), words('数据流', 'stream'), words('状态', 'state'), words('结束', 'ended')],
        ...[words('读取', 'read'), words('新增', 'created'), words('更新', 'updated'), words('未变', 'unchanged')],
        ...[words('恢复', 'revived'), words('报删', 'del.msg'), words('隔离', 'quarant.'), words('跳过', 'skipped')],
        ...[words('缺删', 'del.abs'), words('原有', 'before'), words('现有', 'after'), words('平衡', 'balanced')],
      ],
      right: [0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    },
    runs.map(({ id, source, stream, state, endedAt, balanced, counts: c }) => [
      ...[String(id), `${source}/${stream}`, words(...(STATES[state] ?? [state, state])), when(endedAt)],
      ...[c.read, c.created, c.updated, c.unchanged, c.revived, c.deletedByMessage, c.quarantined, c.skipped].map(
        String,
      ),
      ...[String(c.deletedByAbsence), String(c.liveBefore ?? '—'), String(c.liveAfter ?? '—')],
      balanced === null ? '—' : balanced ? '✔' : '✘',
    ]),
  );
}

/** What went wrong in a run and whose fault it was, in words; null when nothing did. */
export function troubleOf({ words, language }: CommandContext, run: RunLine): string[] | null {
  if (run.error === null || run.state === 'SUCCEEDED') return null;
  const { text, cure, code } = speak(run.error, language, {
    source: run.source,
    stream: run.stream,
    ...run.errorParams,
  });
  const origin =
    run.origin === null
      ? ''
      : ` (${words('原因在', 'fault of')}${words('', ' ')}${words(...(ORIGINS[run.origin] ?? [run.origin, run.origin]))})`;
  const said = `${run.source}/${run.stream}: ${code}  ${text}${origin}`;
  const { decision = null, by = null, reason = null } = run.hold ?? {};
  if (decision === null) return [said, `${words('处理办法:', 'Cure: ')}${cure}`];
  const verdict = decision === 'APPROVED' ? words('已批准', 'approved') : words('已否决', 'refused');
  return [said, `${verdict} ${by ?? ''}: ${reason || '—'}`];
}
