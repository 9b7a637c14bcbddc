import { CommanderError } from 'commander';
import { EXIT, exitCodeOf, sayError } from './cli/context.js';
import { languageOf } from './cli/language.js';
import { buildProgram } from './cli/program.js';
import { usageError } from './cli/usage.js';
import { InterruptedError } from './cli/with-runtime.js';

/** The command line. Each command is a file under `cli/`; what it needs is loaded when it runs. */
const argv = process.argv.slice(2);
const language = languageOf(argv);

/** A reader that closes early (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  const program = await buildProgram(language, argv);
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    const helped = error.exitCode === 0 || error.code === 'commander.help';
    if (!helped) sayError(usageError(error, language), language, argv.includes('--json'));
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else if (error instanceof InterruptedError) process.exitCode = 130;
  else {
    sayError(error, language, argv.includes('--json'));
    process.exitCode = exitCodeOf(error);
  }
}
