import type { CommandContext } from '../context.js';
import { hasDatabase, withAdminDatabase } from '../db/admin-database.js';
import { databaseFacts } from '../db/database-status.js';
import { checkDatabaseSettings } from './check-settings.js';
import { bad, broken, good, type Finding } from './finding.js';

const SKEW_WARN_SECONDS = 2;
const SKEW_FAIL_SECONDS = 30;

/** What the database is like; `usable` when its structure is that of this program. */
export interface DatabaseFindings {
  findings: Finding[];
  settings: Finding[];
  usable: boolean;
}

/** Reach, version, migrations, clock and settings of the database, without changing it. */
export async function checkDatabase(context: CommandContext): Promise<DatabaseFindings> {
  if (!hasDatabase(context))
    return { findings: [bad(context, 'database', 'WARN', 'DOCTOR_DATABASE_NEW')], settings: [], usable: false };
  try {
    const { facts, settings } = await withAdminDatabase(context, async (url) => ({
      facts: await databaseFacts(url),
      settings: await checkDatabaseSettings(context, url),
    }));
    const { version, bytes, migrations, clockSkewSeconds } = facts;
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
    return { findings, settings, usable: major >= 18 && pending === 0 };
  } catch (error) {
    return { findings: [broken(context, 'database', error)], settings: [], usable: false };
  }
}
