import { Command, Help, Option } from 'commander';
import type { Language } from '../../platform/messages/index.js';
import { adapterCommands } from './adapter.js';
import { catalogueCommands } from './catalogue.js';
import { databaseCommands } from './db.js';
import { doctorCommand } from './doctor.js';
import { keysCommands } from './keys.js';
import { linkCommands } from './link.js';
import { queryCommand } from './query.js';
import { resetCommand } from './reset.js';
import { settingsHelp } from './settings-help.js';
import { sourceCommands } from './source.js';
import { tokenCommands } from './token.js';
import { townCommands } from './town.js';
import { helpTitle } from './usage.js';
import type { Words } from './words.js';

/** The command line with all its commands; nothing heavy is loaded before a command runs. */
export async function buildProgram(language: Language, argv: readonly string[]): Promise<Command> {
  const words: Words = (zh, en) => (language === 'zh' ? zh : en);
  const program = new Command('isthmus')
    .description(
      words('地峡 Isthmus · 社区数据互通网关', 'Isthmus · the gateway that joins a community’s information islands'),
    )
    .addOption(new Option('--lang <zh|en>', words('消息语言', 'language of messages')).choices(['zh', 'en']))
    .option('--json', words('在标准输出给出 JSON', 'print JSON on standard output'))
    .helpOption('-h, --help', words('显示帮助', 'show help'))
    .helpCommand('help [command]', words('显示某个命令的帮助', 'show help of a command'))
    .configureHelp({
      styleTitle: (title) => helpTitle(title, language),
      showGlobalOptions: true,
      optionDescription: (option) =>
        `${Help.prototype.optionDescription(option)}${option.mandatory ? words(' (必填)', ' (required)') : ''}`,
    })
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
  await startOf(program, words, argv);
  sourceCommands(program, words);
  queryCommand(program, words);
  catalogueCommands(program, words);
  adapterCommands(program, words);
  linkCommands(program, words);
  townCommands(program, words);
  tokenCommands(program, words);
  databaseCommands(program, words);
  keysCommands(program, words);
  doctorCommand(program, words);
  resetCommand(program, words);
  program.addHelpText(
    'after',
    `\n${words(
      '退出码:0 成功 · 1 检查未通过 · 2 用法错误 · 3 无法到达 · 4 被策略拒绝。标准输出只有数据,其余在标准错误。',
      'Exit codes: 0 ok · 1 failed check · 2 usage · 3 cannot reach · 4 refused by policy. Standard output holds data only.',
    )}`,
  );
  return program;
}

/** `start` brings the whole gateway with it: its file is loaded only when it is meant. */
async function startOf(program: Command, words: Words, argv: readonly string[]): Promise<void> {
  if (argv.includes('start')) {
    const { startCommand } = await import('./start.js');
    startCommand(program);
    program.commands.find((one) => one.name() === 'start')?.addHelpText('after', () => settingsHelp(words));
    return;
  }
  program
    .command('start')
    .description(
      words('启动网关(无数据源时带示范镇)', 'start the gateway (with the demo town when there is no source)'),
    );
}
