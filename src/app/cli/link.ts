import { Option, type Command } from 'commander';
import { contextOf } from './context.js';
import { examples, type Words } from './words.js';

/** `isthmus link …`: which records are one person, what people say about it, and how good the links are. */
export function linkCommands(program: Command, words: Words): void {
  const link = program
    .command('link')
    .description(words('关联:查看、复核、撤销、度量', 'links: show, review, undo, measure'));
  link
    .command('measure')
    .description(
      words(
        '与真值比较:成对、整簇与 B-cubed 的精确率、召回率、F1',
        'compares with a truth: precision, recall, F1 by pairs, by whole clusters and B-cubed',
      ),
    )
    .requiredOption('--truth <file>', words('town truth --json 的输出', 'the output of town truth --json'))
    .addHelpText('after', examples(words, ['town truth --json > truth.json', 'link measure --truth truth.json --json']))
    .action(async (options: { truth: string }, command: Command) => {
      const { measureCommand } = await import('./link/measure-links.js');
      await measureCommand(contextOf(command), options.truth);
    });
  link
    .command('show <resident>')
    .description(words('居民由哪些记录组成、依据哪条规则', 'the records that make up a resident, and by which rule'))
    .action(async (resident: string, _options: object, command: Command) => {
      const { showCommand } = await import('./link/show-links.js');
      await showCommand(contextOf(command), resident);
    });
  link
    .command('undo <resident> <source> <person-key>')
    .description(
      words(
        '撤销关联:该记录属于他人,以后不再关联',
        'undo a link: the record is somebody else’s, and is never linked again',
      ),
    )
    .requiredOption('--reason <text>', words('依据,不写姓名和号码', 'what it rests on; no names, no numbers'))
    .addHelpText('after', examples(words, ['link undo 01990a… telecom 10023 --reason "file 12"']))
    .action(
      async (resident: string, source: string, personKey: string, options: { reason: string }, command: Command) => {
        const { undoCommand } = await import('./link/order-links.js');
        await undoCommand(contextOf(command), resident, { source, personKey }, options.reason);
      },
    );
  reviewCommands(link, words);
}

function reviewCommands(link: Command, words: Words): void {
  const review = link.command('review').description(words('待人工判断的关联', 'doubts that a person must decide'));
  review
    .command('list')
    .description(words('列出疑问', 'the doubts'))
    .addOption(
      new Option('--state <state>', words('状态', 'state')).choices(['open', 'decided', 'closed']).default('open'),
    )
    .option('--limit <n>', words('最多显示', 'shown at most'), '50')
    .action(async (options: { state: string; limit: string }, command: Command) => {
      const { reviewsCommand } = await import('./link/show-links.js');
      await reviewsCommand(contextOf(command), options);
    });
  review
    .command('decide <id> <decision>')
    .description(
      words(
        '裁决:SAME 同一人、DIFFERENT 不同的人、UNCLEAR 无法判断',
        'decide: SAME one person, DIFFERENT two people, UNCLEAR it cannot be told',
      ),
    )
    .requiredOption('--reason <text>', words('依据,不写姓名和号码', 'what it rests on; no names, no numbers'))
    .addHelpText('after', examples(words, ['link review decide 01990a… DIFFERENT --reason "file 12"']))
    .action(async (id: string, decision: string, options: { reason: string }, command: Command) => {
      const { decideCommand } = await import('./link/order-links.js');
      await decideCommand(contextOf(command), id, decision, options.reason);
    });
}
