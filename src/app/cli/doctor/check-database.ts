import type { CommandContext } from '../context.js';
import { hasDatabase, withAdminDatabase } from '../db/admin-database.js';
import { databaseFacts } from '../db/database-status.js';
import { bad, broken, good, type Finding } from './finding.js';

const SKEW_WARN_SECONDS = 2;
const SKEW_FAIL_SECONDS = 30;

/** Reach, version, migrations and clock of the database, without changing it. */
export async function checkDatabase(context: CommandContext): Promise<{ findings: Finding[]; usable: boolean }> {
  if (!hasDatabase(context))
    return { findings: [bad(context, 'database', 'WARN', 'DOCTOR_DATABASE_NEW')], usable: false };
  try {
    const { version, bytes, migrations, clockSkewSeconds } = await withAdminDatabase(context, databaseFacts);
    const findings: Finding[] = [];
    const major = Number.parseInt(version, 10);
    findings.push(
      major < 18
        ? bad(context, 'database', 'FAIL', 'DATABASE_TOO_OLD', { version: major })
        : good('database', `PostgreSQL ${version} · ${(bytes / 1e6).toFixed(1)} MB`),
    );
    const pending = migrations.filter(({ applied }) => !applied).length;
    findings.push(
      pending
        ? bad(context, 'migrations', 'FAIL', 'DOCTOR_MIGRATIONS', { count: pending })
        : good('migrations', `${migrations.length}/${migrations.length}`),
    );
    const skew = Math.abs(clockSkewSeconds);
    findings.push(
      skew > SKEW_WARN_SECONDS
        ? bad(context, 'clock', skew > SKEW_FAIL_SECONDS ? 'FAIL' : 'WARN', 'DOCTOR_CLOCK', {
            seconds: skew.toFixed(1),
          })
        : good(
            'clock',
            context.words(
              `与数据库相差 ${(skew * 1000).toFixed(0)} ms`,
              `${(skew * 1000).toFixed(0)} ms from the database`,
            ),
          ),
    );
    return { findings, usable: major >= 18 && pending === 0 };
  } catch (error) {
    return { findings: [broken(context, 'database', error)], usable: false };
  }
}
