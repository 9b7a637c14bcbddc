import type { Command } from 'commander';
import { contextOf } from './context.js';
import { examples, type Words } from './words.js';
import type { IssueOptions } from './token/options.js';

/** `isthmus token …`: who may ask, for a deployment without the demo. */
export function tokenCommands(program: Command, words: Words): void {
  const token = program.command('token').description(words('访问令牌:签发、吊销', 'access tokens: issue, revoke'));
  token
    .command('issue')
    .description(words('签发令牌,只显示这一次', 'issue a token; it is shown once'))
    .requiredOption('--role <role>', 'department | steward | vendor | auditor | supervisor | operator')
    .requiredOption('--unit <unit>', words('单位', 'unit'))
    .requiredOption('--person <person>', words('经办人', 'person'))
    .option('--expires <time>', words('有效期,如 90d', 'valid for, for example 90d'))
    .addHelpText(
      'after',
      examples(words, ['token issue --role department --unit 城关街道办事处 --person 张三 --expires 90d > token.txt']),
    )
    .action(async (options: IssueOptions, command: Command) => {
      const { issueCommand } = await import('./token/tokens.js');
      await issueCommand(contextOf(command), options);
    });
  token
    .command('revoke <id>')
    .description(words('吊销令牌(编号在签发时给出)', 'revoke a token by the id told when it was issued'))
    .action(async (id: string, _options: object, command: Command) => {
      const { revokeCommand } = await import('./token/tokens.js');
      await revokeCommand(contextOf(command), id);
    });
}
