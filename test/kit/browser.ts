import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Whether a browser is installed. Where it is not, suites skip with one line; with CI=true that is a failure. */
export function browserInstalled(suite: string): boolean {
  const found = existsSync(CHROMIUM);
  if (!found && process.env['CI'] === 'true') throw new Error(`CI=true and no ${CHROMIUM}: nothing may be skipped`);
  if (!found) process.stderr.write(`skipped: ${suite} (${CHROMIUM} is not installed)\n`);
  return found;
}

/** A browser that can reach this machine only: every other name fails to resolve. */
export function testBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}
