import { Command } from 'commander';
import { exitCodeOf, sayError } from './cli/context.js';
import { startCommand } from './cli/start.js';

/** The command line. Each command is a file under `cli/`; what it needs is loaded when it runs. */
const program = new Command('isthmus')
  .description('地峡 Isthmus · 社区数据互通网关 / the supervised gateway that joins a community’s information islands')
  .option('--lang <zh|en>', '语言 / language')
  .option('--json', '机器可读输出 / machine-readable output')
  .showHelpAfterError()
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });
startCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  sayError(error, program.opts<{ lang?: 'zh' | 'en' }>().lang ?? 'zh');
  process.exitCode = exitCodeOf(error);
}
