import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ConfigurationError } from '../../../platform/kernel/index.js';
import { TOWN_PROGRAM } from '../../runtime/demo-town.js';
import type { CommandContext } from '../context.js';

/** Runs the town's own program; its output is this command's output and its exit code ours. */
export async function runTown(context: CommandContext, words: readonly string[]): Promise<number> {
  const { townDir } = context.config;
  const child = spawn(process.execPath, [TOWN_PROGRAM, ...words, '--dir', townDir], { stdio: 'inherit' });
  return new Promise<number>((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}

/** @throws ConfigurationError CLI_TOWN_MISSING. */
export async function townCommand(
  context: CommandContext,
  what: 'truth' | 'status' | 'fault' | 'advance',
  words: readonly string[] = [],
): Promise<void> {
  const { townDir } = context.config;
  if (!existsSync(townDir)) throw new ConfigurationError('CLI_TOWN_MISSING', { where: { file: townDir } });
  process.exitCode = await runTown(context, [what, ...words, ...(context.json ? ['--json'] : [])]);
}
