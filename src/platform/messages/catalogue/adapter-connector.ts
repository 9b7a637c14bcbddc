import { defineMessages } from '../define.js';

/** What is wrong with a source or its answers. */
export const connectorMessages = defineMessages({
  CONNECTOR_CHECKPOINT: {
    zh: '数据流 {stream} 的续读位置无法识别。',
    en: 'The position at which stream {stream} goes on cannot be read.',
    cure: {
      zh: '从头重新同步该数据流。',
      en: 'Sync the stream again from the beginning.',
    },
  },
  CONNECTOR_PARSE_BEFORE_READ: {
    zh: '数据流 {stream} 尚未读取，无法解析其记录。',
    en: 'A record of stream {stream} was parsed before the stream was read.',
    cure: {
      zh: '这是程序缺陷，请反馈。',
      en: 'This is a defect in the program; please report it.',
    },
  },
  CONNECTOR_SEVERAL: {
    zh: '查询服务 {stream} 对一个号码给出了多条记录。',
    en: 'The look-up service {stream} gave several records for one key.',
    cure: {
      zh: '号码可能发给了不止一人：请数源单位核实，网关不猜。',
      en: 'The number may have been issued twice: have the authority look at it; the gateway does not guess.',
    },
  },
  CONNECTOR_STREAM: {
    zh: '清单中没有数据流 {stream}。',
    en: 'The manifest has no stream {stream}.',
    cure: {
      zh: '检查数据流名称。',
      en: "Check the stream's name.",
    },
  },
  CONNECTOR_UNREACHABLE: {
    zh: '无法连接数据源。',
    en: 'The source cannot be reached.',
    cure: {
      zh: '检查地址、端口和网络，并确认对方系统在运行。',
      en: 'Check address, port and network, and that the source system is running.',
    },
  },
  CONNECTOR_CA_FILE: {
    zh: '证书文件 {file} 无法读取。',
    en: 'The certificate file {file} cannot be read.',
    cure: {
      zh: '检查设置 caFile 的路径和权限。',
      en: 'Check the path in the setting caFile and its permissions.',
    },
  },
  CONNECTOR_AUTH: {
    zh: '数据源拒绝了登录（{state}）。',
    en: 'The source refused the sign-in ({state}).',
    cure: {
      zh: '检查用户名、密码或令牌；凭据可能已过期或被吊销。',
      en: 'Check user, password or token; the credential may have expired or been revoked.',
    },
  },
  CONNECTOR_DATABASE: {
    zh: '数据库不存在，或该用户不能使用（{state}）。',
    en: 'The database does not exist, or the user may not use it ({state}).',
    cure: {
      zh: '检查设置 database，并请对方授权。',
      en: 'Check the setting database, and ask the source for access.',
    },
  },
  CONNECTOR_PERMISSION: {
    zh: '该用户没有读取所需内容的权限（{state}）。',
    en: 'The user may not read what the adapter needs ({state}).',
    cure: {
      zh: '请对方授予清单中各查询所涉表或接口的只读权限。',
      en: "Ask the source for read access to what the manifest's streams read.",
    },
  },
  CONNECTOR_OBJECT_FORBIDDEN: {
    zh: '该用户没有读取 {object} 的权限（{state}）。',
    en: 'The user may not read {object} ({state}).',
    cure: {
      zh: '请对方授予 {object} 的只读权限。',
      en: 'Ask the source for read access to {object}.',
    },
  },
  CONNECTOR_OBJECT_MISSING: {
    zh: '数据源中没有 {object}（{state}）：表或列可能已改名。',
    en: 'The source has no {object} ({state}): a table or column may have been renamed.',
    cure: {
      zh: '对照数据源现有结构修正 manifest.yaml 中的 select。',
      en: "Correct select in manifest.yaml after the source's present structure.",
    },
  },
  CONNECTOR_FAILED: {
    zh: '连接器自身出错（{kind}），与数据源无关。',
    en: 'The connector itself failed ({kind}); the source is not to blame.',
    cure: {
      zh: '查看日志，并报告给运维；重试无用。',
      en: 'See the log and report it; trying again is of no use.',
    },
  },
  CONNECTOR_QUERY: {
    zh: '数据流 {stream} 的查询不被数据源接受（{state}）：表或列可能已改名，或查询有误。',
    en: 'The source does not accept the query of stream {stream} ({state}): a table or column may have been renamed, or the query is wrong.',
    cure: {
      zh: '对照数据源现有结构修正清单中的 select。',
      en: "Correct the manifest's select after the source's present structure.",
    },
  },
  SOURCE_PAUSED: {
    zh: '数据源暂不访问（原因 {cause}），{seconds} 秒后再试。',
    en: 'The source is left alone for now (because of {cause}); the next try is in {seconds} s.',
    cure: {
      zh: '无需处理：到时自动再试；排除原因后可立即执行 isthmus source sync。',
      en: 'Nothing to do: it is tried again by itself; once the cause is gone, isthmus source sync tries at once.',
    },
  },
  SOURCE_BUDGET: {
    zh: '本小时对该数据源的请求次数已用完。',
    en: 'The requests that the source may be asked this hour are used up.',
    cure: {
      zh: '下个小时自动继续；若经常发生，请与对方商定更高的 limits.requestsPerHour。',
      en: 'It goes on in the next hour; if this happens often, agree on a higher limits.requestsPerHour with the source.',
    },
  },
  CONNECTOR_BUSY: {
    zh: '数据源繁忙，暂不接受请求（{state}）。',
    en: 'The source is busy and takes no request now ({state}).',
    cure: {
      zh: '稍后会自动重试；若经常发生，请在清单中降低 limits。',
      en: "It will be tried again; if this happens often, lower the manifest's limits.",
    },
  },
  CONNECTOR_TIMEOUT: {
    zh: '数据源没有在限定时间内答复（{state}）。',
    en: 'The source did not answer in time ({state}).',
    cure: {
      zh: '稍后会自动重试；若经常发生，请减小每页记录数或请对方检查性能。',
      en: 'It will be tried again; if this happens often, use smaller pages or ask the source to look at its performance.',
    },
  },
  CONNECTOR_KEY_COLUMN: {
    zh: '数据流 {stream} 的查询没有排序列 {columns}。',
    en: 'The query of stream {stream} does not yield the ordering column {columns}.',
    cure: {
      zh: '让 select 输出 orderBy 中的列。',
      en: 'Let the select yield the columns named in orderBy.',
    },
  },
  CONNECTOR_KEY_NULL: {
    zh: '数据流 {stream} 有 {rows} 行的 {columns} 为空，无法翻页读到。',
    en: '{rows} rows of stream {stream} have no {columns}, so paging cannot reach them.',
    cure: {
      zh: '换一个不为空的排序列，或在 select 中排除这些行。',
      en: 'Order by a column that is never null, or leave these rows out in the select.',
    },
  },
  CONNECTOR_COLUMN_TWICE: {
    zh: '数据流 {stream} 的查询输出了重名的列。',
    en: 'The query of stream {stream} yields two columns of one name.',
    cure: {
      zh: '在 select 中用 AS 给列取不同的名字。',
      en: 'Give the columns different names with AS in the select.',
    },
  },
  CONNECTOR_SERVER: {
    zh: '数据源内部出错（HTTP {state}）。',
    en: 'The source failed internally (HTTP {state}).',
    cure: {
      zh: '稍后会自动重试；若持续，请联系对方。',
      en: 'It will be tried again; if it lasts, contact the source.',
    },
  },
  CONNECTOR_REDIRECT: {
    zh: '数据源要求转到别处（HTTP {state}），网关不跟随。',
    en: 'The source points elsewhere (HTTP {state}), which the gateway does not follow.',
    cure: {
      zh: '把设置中的地址改为最终地址；若是登录页，请检查凭据。',
      en: 'Set the final address; if it is a sign-in page, check the credential.',
    },
  },
  CONNECTOR_NOT_FOUND: {
    zh: '数据源没有数据流 {stream} 的接口（HTTP {state}）。',
    en: 'The source has no such interface for stream {stream} (HTTP {state}).',
    cure: {
      zh: '检查设置中的地址和清单中的 path。',
      en: "Check the address in the settings and the manifest's path.",
    },
  },
  CONNECTOR_REQUEST: {
    zh: '数据源不接受数据流 {stream} 的请求（HTTP {state}）。',
    en: 'The source does not accept the request of stream {stream} (HTTP {state}).',
    cure: {
      zh: '对照接口文档检查清单中的参数。',
      en: "Check the manifest's parameters against the interface's documentation.",
    },
  },
  CONNECTOR_BODY: {
    zh: '数据流 {stream} 的答复不是约定的内容（{what}）。',
    en: 'The answer of stream {stream} is not what was agreed ({what}).',
    cure: {
      zh: '确认地址指向数据接口而不是网页，并对照接口文档检查清单。',
      en: 'Make sure the address is the interface and not a page, and check the manifest against its documentation.',
    },
  },
  CONNECTOR_BODY_LARGE: {
    zh: '数据流 {stream} 的一次答复过大。',
    en: 'One answer of stream {stream} is too large.',
    cure: {
      zh: '在清单 limits 中减小 pageSize。',
      en: "Lower pageSize in the manifest's limits.",
    },
  },
  CONNECTOR_PAGE_REPEATED: {
    zh: '数据流 {stream} 连续两页内容相同：数据源没有按起始位置翻页。',
    en: 'Stream {stream} gave the same page twice: the source ignores the offset.',
    cure: {
      zh: '对照接口文档检查清单中的翻页参数名。',
      en: 'Check the names of the paging parameters in the manifest.',
    },
  },
  CONNECTOR_ADDRESS: {
    zh: '设置 {setting} 不是 http 或 https 地址。',
    en: 'The setting {setting} is not an http or https address.',
    cure: {
      zh: '写成 http://主机:端口/路径 的形式。',
      en: 'Write it as http://host:port/path.',
    },
  },
  CONNECTOR_SOAP_FAULT: {
    zh: '数据源以 SOAP 错误拒绝了数据流 {stream} 的请求（{code}）。',
    en: 'The source refused the request of stream {stream} with a SOAP fault ({code}).',
    cure: {
      zh: '对照 WSDL 检查清单中的 namespace、operation 和 parameters。',
      en: 'Check namespace, operation and parameters in the manifest against the WSDL.',
    },
  },
  CONNECTOR_SOAP_FAULT_SERVER: {
    zh: '数据源以 SOAP 错误答复：其内部出错（{code}）。',
    en: 'The source answered with a SOAP fault: it failed internally ({code}).',
    cure: {
      zh: '稍后会自动重试；若持续，请联系对方。',
      en: 'It will be tried again; if it lasts, contact the source.',
    },
  },
  CONNECTOR_RESULT_CODE: {
    zh: '数据流 {stream} 的答复状态码 {code} 含义未知。',
    en: 'The answer of stream {stream} has the status code {code}, whose meaning is unknown.',
    cure: {
      zh: '查对方接口文档，把该状态码补入清单的 result（ok、empty、auth、busy、tooMuch）。',
      en: "Look the code up in the source's documentation and add it to the manifest's result (ok, empty, auth, busy, tooMuch).",
    },
  },
  CONNECTOR_TOTAL_SHORT: {
    zh: '数据流 {stream} 声明 {expected} 行，只给出 {found} 行。',
    en: 'Stream {stream} announced {expected} rows and gave {found}.',
    cure: {
      zh: '稍后会自动重试；若持续，请对方检查其分页接口。',
      en: 'It will be tried again; if it lasts, ask the source to check its paging.',
    },
  },
  CONNECTOR_WINDOW: {
    zh: '数据流 {stream} 的时间窗缩到最小仍被拒绝（{code}）。',
    en: 'The source refuses even the smallest time window of stream {stream} ({code}).',
    cure: {
      zh: '对照接口文档检查清单中的 window。',
      en: "Check the manifest's window against the interface's documentation.",
    },
  },
});
