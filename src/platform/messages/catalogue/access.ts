import { defineMessages } from '../define.js';

export const accessMessages = defineMessages({
  BAD_USER_INPUT: {
    zh: '请求内容不正确:{problem}',
    en: 'The request is not correct: {problem}',
    cure: { zh: '改正后重试', en: 'Correct it and try again' },
  },
  GRAPHQL_SYNTAX: {
    zh: '查询语句有语法错误:{problem}',
    en: 'The query has a syntax error: {problem}',
    cure: { zh: '按提示的位置改正', en: 'Correct it at the place named' },
  },
  GRAPHQL_INVALID: {
    zh: '查询语句与接口不符:{problem}',
    en: 'The query does not fit the schema: {problem}',
    cure: { zh: '对照接口文档改正字段、参数或类型', en: 'Correct the field, argument or type' },
  },
  GRAPHQL_REQUEST: {
    zh: '请求不是合规的 GraphQL 请求:{problem}',
    en: 'This is not a proper GraphQL request: {problem}',
    cure: {
      zh: '用 POST、Content-Type: application/json 和 {"query": "…", "variables": {…}} 发送',
      en: 'Send a POST with Content-Type: application/json and {"query": "…", "variables": {…}}',
    },
  },
  GRAPHQL_OPERATION_UNKNOWN: {
    zh: '请求中没有可执行的操作,或未指明执行哪一个',
    en: 'The document has no such operation, or does not say which one to run',
    cure: { zh: '给出正确的 operationName', en: 'Give the right operationName' },
  },
  GRAPHQL_BODY_JSON: {
    zh: '请求体不是合法的 JSON',
    en: 'The body is not valid JSON',
    cure: { zh: '发送 UTF-8 编码的 JSON 对象', en: 'Send a JSON object in UTF-8' },
  },
  GRAPHQL_BODY_CHARSET: {
    zh: '不支持该请求体的编码或压缩方式',
    en: 'The encoding or compression of the body is not supported',
    cure: { zh: '用未压缩的 UTF-8 发送', en: 'Send it in UTF-8, not compressed' },
  },
  GRAPHQL_BODY_SIZE: {
    zh: '请求体超过 {limit} 字节',
    en: 'The body is larger than {limit} bytes',
    cure: { zh: '缩短查询,或分几次查询', en: 'Shorten the query, or ask in several requests' },
  },
  LIMIT_EXCEEDED: {
    zh: '查询超出限制:{limit} 最多 {allowed},此查询为 {actual}',
    en: 'The query exceeds a limit: {limit} may be {allowed}, here it is {actual}',
    cure: { zh: '缩小查询,或分几次查询', en: 'Ask for less, or ask in several requests' },
  },
  GRAPHQL_DEADLINE: {
    zh: '查询未能在限定时间内完成',
    en: 'The query did not finish in time',
    cure: { zh: '缩小查询范围后重试', en: 'Ask for less and try again' },
  },
  GRAPHQL_NAME_RESERVED: {
    zh: '别名“{name}”不可使用',
    en: 'The alias {name} may not be used',
    cure: { zh: '换一个别名', en: 'Choose another alias' },
  },
  GRAPHQL_INTROSPECTION_MIXED: {
    zh: '查询接口结构与查询数据须分开进行',
    en: 'Introspection and data cannot be asked for in one operation',
    cure: { zh: '分成两次请求', en: 'Send two requests' },
  },
  GRAPHQL_TEXT: {
    zh: '文本中有不能保存的字符(NUL 或残缺的代理对)',
    en: 'A text holds characters that cannot be stored (NUL or half a surrogate pair)',
    cure: { zh: '去掉这些字符', en: 'Remove them' },
  },
  IDENTIFIER_LITERAL: {
    zh: '证件号码等敏感参数“{name}”不得写在查询语句中',
    en: 'The sensitive argument {name} may not be written into the query text',
    cure: { zh: '用变量传递,并用 POST 发送', en: 'Pass it as a variable, in a POST' },
  },
  IDENTIFIER_PLACE: {
    zh: '“{name}”中有形似证件号码的数字:它会留在日志和证据中,因此不予受理',
    en: '{name} holds a number shaped like an ID number: it would stay in logs and evidence, so it is refused',
    cure: {
      zh: '事项编号用案卷号;证件号码只用变量传递,并用 POST 发送',
      en: 'Use the number of the file on the desk as the case; pass an ID number only as a variable, in a POST',
    },
  },
  GRAPHQL_HEADER_LENGTH: {
    zh: '请求头 {name} 超过 {limit} 个字符',
    en: 'The header {name} is longer than {limit} characters',
    cure: { zh: '缩短后重试', en: 'Shorten it' },
  },
  AUDIT_UNAVAILABLE: {
    zh: '证据无法写入,因此不返回任何数据',
    en: 'The evidence cannot be written, so nothing is returned',
    cure: {
      zh: '稍后重试;若持续出现,请运维检查数据库与磁盘',
      en: 'Try again later; if it lasts, the operator must check the database and its disk',
    },
  },
  NOT_FOUND: {
    zh: '找不到所指的对象',
    en: 'There is no such object',
    cure: { zh: '核对编号', en: 'Check the id' },
  },
  CONFLICT: {
    zh: '与同时进行的另一操作冲突',
    en: 'Another operation got in the way',
    cure: { zh: '重试', en: 'Try again' },
  },
  QUOTA_EXCEEDED: {
    zh: '超出查询额度',
    en: 'The quota is used up',
    cure: { zh: '稍后重试,或申请提高额度', en: 'Try again later, or apply for a higher quota' },
  },
  SOURCE_UNAVAILABLE: {
    zh: '数据源“{source}”目前无法访问',
    en: 'The source {source} cannot be reached now',
    cure: { zh: '其余部分已照常返回;稍后重试', en: 'The other parts are answered; try again later' },
  },
  DEMO_CREDENTIALS_REFUSED: {
    zh: '演示令牌只给在本机直接打开的页面',
    en: 'The tokens of the demo are given only to a page opened directly on this machine',
    cure: {
      zh: '在运行本程序的机器上用 http://127.0.0.1 或 http://localhost 打开页面,不经代理;或在页面上输入自己的令牌',
      en: 'Open the page on the machine that runs the program, as http://127.0.0.1 or http://localhost, without a proxy; or type a token of your own',
    },
  },
});
