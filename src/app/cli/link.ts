import type { Command } from 'commander';
import { contextOf } from './context.js';
import { examples, type Words } from './words.js';

/** `isthmus link …`: how good the links are. */
export function linkCommands(program: Command, words: Words): void {
  const link = program.command('link').description(words('关联:度量', 'links: measure'));
  link
    .command('measure')
    .description(words('与真值比较:成对的精确率、召回率、F1', 'compares with a truth: pairwise precision, recall, F1'))
    .requiredOption('--truth <file>', words('town truth --json 的输出', 'the output of town truth --json'))
    .addHelpText('after', examples(words, ['town truth --json > truth.json', 'link measure --truth truth.json --json']))
    .action(async (options: { truth: string }, command: Command) => {
      const { measureCommand } = await import('./link/measure-links.js');
      await measureCommand(contextOf(command), options.truth);
    });
}
