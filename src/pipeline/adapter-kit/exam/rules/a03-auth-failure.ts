import { ConfigurationError } from '../../../../platform/kernel/index.js';
import type { SourceConnection } from '../../contract.js';
import type { ExamContext } from '../context.js';
import { fail, PASS, type Rule } from '../rule.js';
import { ask } from '../services.js';

const MEANINGS = ['CONNECTOR_AUTH', 'CONNECTOR_PERMISSION', 'CONNECTOR_OBJECT_FORBIDDEN', 'CONNECTOR_DIRECTORY'];

/** A refused credential is told by the check and stops a read for good: trying again would lock the account. */
export const a03: Rule = {
  id: 'A03',
  level: 'MUST',
  title: { zh: '凭据被拒时明确报告且不重试', en: 'A refused credential is reported and not tried again' },
  needs: ['A01', 'A02'],
  run: async (exam) => {
    await exam.source();
    const connection = await exam.open('refused');
    const result = await connection.check(exam.signal);
    if (result.ok) return fail('check: ok');
    if (!MEANINGS.includes(result.code ?? '')) return fail(`check: ${result.code ?? '?'}`);
    for (const { name } of exam.streams) {
      const error = await failure(exam, connection, name);
      if (!(error instanceof ConfigurationError))
        return fail(`${name}: ${error === null ? 'read' : ((error as { code?: string }).code ?? 'error')}`);
    }
    for (const service of exam.services) {
      const error = await ask(connection, service, exam.signal).catch((thrown: unknown) => thrown);
      if (!(error instanceof ConfigurationError))
        return fail(`${service.name}: ${(error as { code?: string } | null)?.code ?? 'answered'}`);
    }
    return PASS;
  },
};

async function failure(exam: ExamContext, connection: SourceConnection, stream: string): Promise<unknown> {
  try {
    await exam.pages(connection, stream, 10);
    return null;
  } catch (error) {
    return error;
  }
}
