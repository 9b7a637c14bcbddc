import { copyButton, h } from '../lib/dom.js';

/** Names of variables that hold identifiers: never shown again, not even to who typed them. */
const SECRET = /idnumber|certno/i;

const shown = (variables) =>
  JSON.stringify(variables, (name, value) => (SECRET.test(name) && typeof value === 'string' ? '(已隐去)' : value), 2);

/** The GraphQL that was sent, folded away, to copy for an engineer. Purpose and case go as headers. */
export function inspector(query, variables, { purpose, caseNo } = {}) {
  const headers = [purpose && `X-Isthmus-Purpose: ${purpose}`, caseNo && `X-Isthmus-Case: ${caseNo}`]
    .filter(Boolean)
    .join('\n');
  const variablesText = shown(variables);
  return h(
    'details',
    { class: 'inspector' },
    h('summary', {}, '本次发送的 GraphQL(供技术人员复制)'),
    h(
      'div',
      { class: 'row' },
      copyButton('复制查询', () => query),
      copyButton('复制变量', () => variablesText),
    ),
    h('pre', { tabindex: '0', 'aria-label': 'GraphQL 查询' }, query),
    h('pre', { tabindex: '0', 'aria-label': '变量与请求头' }, `变量 ${variablesText}${headers ? `\n${headers}` : ''}`),
  );
}
