const ESCAPES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' };
export const xmlText = (text: string): string => text.replace(/[<>&"']/g, (sign) => ESCAPES[sign]!);

/** A value as an element: members become elements, arrays repeat it, null is left out. */
export function xmlElement(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => xmlElement(name, item)).join('');
  if (typeof value !== 'object') return `<${name}>${xmlText(String(value as string | number | boolean))}</${name}>`;
  const members = Object.entries(value).map(([member, inner]) => xmlElement(member, inner));
  return `<${name}>${members.join('')}</${name}>`;
}

/** Puts raw XML at a path of element names: siblings with a common beginning share their parents. */
export function xmlDocument(parts: readonly (readonly [path: string, xml: string])[]): string {
  const root: Node = { children: [], xml: [] };
  for (const [path, xml] of parts) {
    let node = root;
    for (const name of path.split('/')) {
      let child = node.children.find(([known]) => known === name)?.[1];
      if (!child) node.children.push([name, (child = { children: [], xml: [] })]);
      node = child;
    }
    node.xml.push(xml);
  }
  return write(root);
}

interface Node {
  children: [string, Node][];
  xml: string[];
}
/** A node that was given several texts is repeated. */
function write(node: Node): string {
  return node.children
    .map(([name, child]) => {
      const inner = write(child);
      return inner !== '' || child.xml.length === 0
        ? `<${name}>${inner}</${name}>`
        : child.xml.map((xml) => `<${name}>${xml}</${name}>`).join('');
    })
    .join('');
}
