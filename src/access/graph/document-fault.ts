import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { Language } from '../../platform/messages/index.js';

/**
 * What can be wrong with a document, a variable or a request, in our own words. graphql-js and Apollo Server quote what
 * the caller wrote, which may be an ID number; they give no codes, so the beginning of their sentence is the code.
 */
const FAULTS = [
  ['string-open', /^Syntax Error: Unterminated/, '字符串没有结束', 'a string is not closed'],
  ['tokens', /^Syntax Error: Document contains more/, '语句过长', 'the document is too long'],
  [
    'character',
    /^Syntax Error: (Invalid|Cannot)/,
    '有不能使用的字符或数字',
    'a character or number cannot stand there',
  ],
  ['token', /^Syntax Error/, '此处不应出现这样的内容', 'something else is expected at this place'],
  [
    'partial-date',
    /PartialDate: YYYY, YYYY-MM or/,
    '日期写作 YYYY、YYYY-MM 或 YYYY-MM-DD',
    'a date is written YYYY, YYYY-MM or YYYY-MM-DD',
  ],
  [
    'date-time',
    /DateTime: ISO 8601 with/,
    '时间按 ISO 8601 写,并带时区',
    'a time is written as in ISO 8601, with its offset',
  ],
  ['int', /Int cannot represent/, '值应为整数', 'a value is no whole number'],
  ['float', /Float cannot represent/, '值应为数', 'a value is no number'],
  ['string', /String cannot represent/, '值应为字符串', 'a value is no string'],
  ['boolean', /Boolean cannot represent/, '值应为 true 或 false', 'a value is neither true nor false'],
  ['id', /ID cannot represent/, '值应为编号', 'a value is no id'],
  ['enum', /does not exist in|Enum "|cannot represent/, '值不在允许的取值之内', 'a value is none of those allowed'],
  [
    'value-missing',
    /was not provided|not to be null|must not be null|of required type|is required/,
    '缺少必填的参数或值',
    'a required argument or value is missing',
  ],
  [
    'value-unknown',
    /is not defined by type|Unknown argument/,
    '参数或输入字段不存在',
    'an argument or input field does not exist',
  ],
  ['field', /^Cannot query field/, '查询的字段不存在', 'a field does not exist'],
  ['type', /^Unknown type/, '类型不存在', 'a type does not exist'],
  [
    'directive',
    /directive/i,
    '指令不存在、位置不对或重复',
    'a directive does not exist, stands in a wrong place or twice',
  ],
  ['fragment', /fragment/i, '片段不存在、未使用或用得不对', 'a fragment does not exist, is not used or used wrongly'],
  [
    'selection',
    /must not have a selection|must have a selection/,
    '字段须选取、或不能选取下级字段',
    'a field needs a selection, or cannot have one',
  ],
  ['conflict', /^Fields "/, '同名字段的含义不同', 'two fields of one name mean different things'],
  ['twice', /There can be only one|only one/, '同一名称出现两次', 'a name occurs twice'],
  [
    'variable',
    /^Variable "\$/,
    '变量未声明、未使用或类型不符',
    'a variable is not declared, not used or of another type',
  ],
  ['operation', /operation/i, '操作写得不对', 'the operation is not written as it should be'],
  ['cross-site', /Cross-Site/, '缺少 Content-Type: application/json', 'Content-Type: application/json is missing'],
  ['body', /^POST body missing|JSON object|batch/i, '请求体须是一个 JSON 对象', 'the body must be one JSON object'],
  ['query', /`?query`?/, '缺少 query,或它不是字符串', 'query is missing or no string'],
  ['variables', /variables|extensions/, 'variables 须是 JSON 对象', 'variables must be a JSON object'],
  ['other', /(?:)/, '与接口不符', 'it does not fit'],
] as const;

type FaultKind = (typeof FAULTS)[number][0];

/** Parameters of an error that `speakFault` puts into words. */
export interface Fault extends Record<string, string> {
  fault: FaultKind;
  /** Names of the schema that the fault is about, joined; never a word that only the caller used. */
  names: string;
}

/** What a sentence of graphql-js or Apollo Server says, without any of its words but names that the schema has. */
export function faultOf(message: string, schema: GraphQLSchema | null): Fault {
  // Its guesses at names go first: they would tell what else there is.
  const text = message.replace(/ ?Did you mean [^?]*\?/g, '');
  const [fault] = FAULTS.find(([, begins]) => begins.test(text))!;
  const known = schema ? namesOf(schema) : new Set<string>();
  const quoted = (text.match(/"[^"]*"/g) ?? []).flatMap((one) => one.match(/[_A-Za-z]\w*/g) ?? []);
  const names = [...new Set(quoted.filter((name) => known.has(name)))].slice(0, 4);
  return { fault, names: fault === 'token' ? '' : names.join(', ') };
}

/** The sentence of a fault. */
export function speakFault({ fault, names }: Fault, language: Language): string {
  const [, , zh, en] = FAULTS.find(([kind]) => kind === fault)!;
  if (language === 'zh') return names ? `${zh}(${names})` : zh;
  return names ? `${en} (${names})` : en;
}

export const isFault = (params: object | undefined): params is Fault =>
  params !== undefined && 'fault' in params && FAULTS.some(([kind]) => kind === params.fault);

const known = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

function namesOf(schema: GraphQLSchema): ReadonlySet<string> {
  let names = known.get(schema);
  if (!names) {
    const all = new Set(schema.getDirectives().map(({ name }) => name));
    for (const type of Object.values(schema.getTypeMap())) {
      all.add(type.name);
      if (isEnumType(type)) for (const { name } of type.getValues()) all.add(name);
      if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) all.add(name);
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const { name, args } of Object.values(type.getFields()))
        [name, ...args.map((one) => one.name)].forEach((one) => all.add(one));
    }
    known.set(schema, (names = all));
  }
  return names;
}
