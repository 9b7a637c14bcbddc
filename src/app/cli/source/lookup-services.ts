import type { LookupService, LookupState } from '../../../governance/registry/index.js';
import { print, type CommandContext } from '../context.js';
import { paint, table, when } from '../terminal.js';

const STATES: Record<LookupState, [zh: string, en: string]> = {
  OK: ['正常', 'ok'],
  DOWN: ['不可达', 'down'],
  SUSPENDED: ['已暂停', 'suspended'],
  UNTRIED: ['未调用', 'untried'],
};

const BREAKERS: Record<LookupService['breaker'], [zh: string, en: string]> = {
  CLOSED: ['通', 'closed'],
  OPEN: ['断开', 'open'],
  HALF_OPEN: ['试探', 'half open'],
};

/** On-demand sources: they have no records and no schedule, but calls and a breaker. */
export function showLookups({ words }: CommandContext, lookups: readonly LookupService[]): void {
  if (lookups.length === 0) return;
  print(
    table(
      {
        head: [
          ...[words('按需来源', 'on demand'), words('适配器', 'adapter'), words('领域', 'domain')],
          ...[words('状态', 'state'), words('熔断', 'breaker'), words('调用', 'calls'), words('失败', 'failed')],
          ...[words('最近一次', 'last call'), words('结果', 'outcome'), words('探测', 'checked')],
        ],
        right: [5, 6],
      },
      lookups.map((one) => [
        ...[one.demo ? `${one.id} ${words('(示范)', '(demo)')}` : one.id, `${one.adapter} ${one.adapterVersion}`],
        ...[one.domain, paint(process.stdout, one.state === 'OK' ? 'green' : 'yellow', words(...STATES[one.state]))],
        ...[words(...BREAKERS[one.breaker]), String(one.calls), String(one.failures)],
        when(one.lastCallAt),
        one.lastCallAt ? (one.lastCode ?? `${words('已答复', 'answered')} ${one.lastMs} ms`) : '—',
        one.checkCode ?? when(one.checkedAt),
      ]),
    ),
  );
}
