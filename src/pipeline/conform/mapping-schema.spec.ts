import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Node {
  title?: string;
  description?: string;
  examples?: unknown[];
  additionalProperties?: unknown;
  properties?: Record<string, Node>;
  items?: Node;
  $ref?: string;
}

const schema = JSON.parse(
  readFileSync(new URL('../../../schemas/adapter/mapping.schema.json', import.meta.url), 'utf8'),
) as Node & { $defs: Record<string, Node> };

/** Every property below a node, by pointer. */
function properties(node: Node, pointer: string): [string, Node, Node][] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, child]): [string, Node, Node][] => [
    [`${pointer}/${name}`, child, node],
    ...properties(child, `${pointer}/${name}`),
  ]);
  return node.items === undefined ? own : [...own, ...properties(node.items, `${pointer}[]`)];
}

const all = [
  ...properties(schema, ''),
  ...Object.entries(schema.$defs).flatMap(([name, node]) => properties(node, `#${name}`)),
];

describe('the schema of mapping.yaml', () => {
  it.each(all)(
    '%s has a title in zh and en, a description and an example; unknown keys beside it are refused',
    (_at, node, parent) => {
      expect(node.title).toMatch(/\p{Script=Han}.* \/ [A-Z]/u);
      expect(node.description).toMatch(/\p{Script=Han}|[A-Za-z]{3}/u);
      expect(node.examples?.length).toBeGreaterThan(0);
      expect(parent.additionalProperties).toBe(false);
    },
  );
});
