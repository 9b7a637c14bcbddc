import type { DataItem, DataResource } from '../../../governance/registry/index.js';
import { stateWord } from '../source/state-words.js';
import { when } from '../terminal.js';
import type { Words } from '../words.js';
import { catalogueWords } from './catalogue-words.js';

/** A column of the catalogue as people read it. */
export interface Column<T> {
  title: string;
  of: (row: T) => string;
}

/** The core metadata of a resource, in the order of the guide; how its source stands comes last. */
export function resourceColumns(words: Words): Column<DataResource>[] {
  const say = catalogueWords(words);
  const listed = (texts: readonly string[]): string => texts.join(words('、', ', '));
  const column = (zh: string, en: string, of: Column<DataResource>['of']) => ({ title: words(zh, en), of });
  return [
    column('信息资源分类', 'class', (one) => [say.class(one.class), ...one.category].join(' / ')),
    column('信息资源名称', 'title', (one) => one.title),
    column('信息资源代码', 'code', (one) => one.code),
    column('实体', 'entity', (one) => one.entity),
    column('提供方', 'provider', (one) => say.steward(one.provider)),
    column('提供方代码', 'provider code', (one) => one.source ?? one.provider),
    column('数源单位', 'stewards', (one) => listed(one.stewards.map(say.steward))),
    column('摘要', 'abstract', (one) => words(one.abstract, one.description)),
    column('格式', 'format', (one) => one.format),
    column('级别', 'level', (one) => say.level(one.level)),
    column('共享类型', 'share type', (one) => say.share(one.shareType)),
    column('共享条件', 'share condition', ({ shareCondition: { zh, en } }) => words(zh, en)),
    column('共享方式', 'share mode', (one) => say.mode(one.shareMode)),
    column('是否开放', 'open', (one) => (one.open ? words('是', 'yes') : words('否', 'no'))),
    column('开放条件', 'open condition', ({ openCondition: { zh, en } }) => words(zh, en)),
    column('更新周期', 'update cycle', (one) => say.cycle(one.updateCycle)),
    column('发布日期', 'published', (one) => one.published),
    column('关联资源代码', 'related', (one) => listed(one.related)),
    column('来源状态', 'state', ({ live }) => (live ? stateWord(words, live.state) : '')),
    column('数据截至', 'as of', ({ live }) => (live ? when(live.asOf) : '')),
    column('记录数', 'records', ({ live }) => (live ? `${live.recordsCapped ? '≥ ' : ''}${live.records}` : '')),
  ];
}

/** An information item: name and type, as the guide asks, and how it is protected and shared. */
export function itemColumns(words: Words): Column<DataItem>[] {
  const say = catalogueWords(words);
  const column = (zh: string, en: string, of: Column<DataItem>['of']) => ({ title: words(zh, en), of });
  return [
    column('信息项名称', 'item', (one) => one.title),
    column('字段', 'field', (one) => one.name),
    column('说明', 'description', (one) => one.description),
    column('数据类型', 'type', typeText),
    column('代码表', 'code list', (one) => (one.codeList ? `${one.codeListTitle ?? ''} ${one.codeList}`.trim() : '')),
    column('级别', 'level', (one) => say.level(one.level)),
    column('脱敏', 'mask', (one) => one.mask ?? ''),
    column('共享类型', 'share type', (one) => say.share(one.shareType)),
    column('数源单位(按权威先后)', 'stewards in order', (one) => one.stewards.map(say.steward).join(' › ')),
  ];
}

const typeText = ({ type, maxLength, unit }: DataItem): string =>
  `${type}${maxLength ? ` ≤ ${maxLength}` : ''}${unit ? ` (${unit})` : ''}`;
