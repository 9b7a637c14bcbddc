import type { CommanderError } from 'commander';
import { UsageError } from '../../platform/kernel/index.js';
import type { Language } from '../../platform/messages/index.js';

const QUOTED = /'([^']*)'/;

/** What is wrong with a command line, in words; an argument's value is named only where it is a word of our own. */
export function usageError(error: CommanderError, language: Language): UsageError {
  const what = QUOTED.exec(error.message)?.[1]?.slice(0, 80) ?? '';
  const allowed = /Allowed choices are (.*)\.$/.exec(error.message)?.[1] ?? '';
  const english = error.message.replace(/^error: /, '').replace(/\n[^]*$/, '');
  const chinese: Record<string, string> = {
    'commander.unknownCommand': `没有命令 ${what}`,
    'commander.unknownOption': `没有选项 ${what}`,
    'commander.missingArgument': `缺少参数 ${what}`,
    'commander.optionMissingArgument': `选项 ${what} 缺少值`,
    'commander.missingMandatoryOptionValue': `缺少必填选项 ${what}`,
    'commander.excessArguments': '参数过多',
    'commander.invalidArgument': `选项 ${what} 的值不合法${allowed ? `,可用:${allowed}` : ''}`,
    'commander.conflictingOption': `选项 ${what} 与另一选项冲突`,
  };
  const problem = language === 'zh' ? (chinese[error.code] ?? english) : english;
  return new UsageError('CLI_USAGE', { params: { problem } });
}

const TITLES: Record<string, string> = {
  'Usage:': '用法:',
  'Options:': '选项:',
  'Global Options:': '全局选项:',
  'Commands:': '命令:',
  'Arguments:': '参数:',
};

/** Titles of the help text in the user's language. */
export const helpTitle = (title: string, language: Language): string =>
  language === 'zh' ? (TITLES[title] ?? title) : title;
