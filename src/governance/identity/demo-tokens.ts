import type { Role } from './requester.js';
import type { Tokens } from './tokens.js';

/** The four people of the demo. Production refuses them: the start does not call this there. */
export const DEMO_PEOPLE = {
  department: { role: 'department', unit: '测试区街道办事处', person: '演示-部门经办' },
  vendor: { role: 'vendor', unit: '演示厂商', person: '演示-厂商工程师' },
  auditor: { role: 'auditor', unit: '测试区审计局', person: '演示-审计员' },
  supervisor: { role: 'supervisor', unit: '测试区数据局', person: '演示-监管员' },
} as const satisfies Record<string, { role: Role; unit: string; person: string }>;

export type DemoCredentials = Record<keyof typeof DEMO_PEOPLE, { id: string; token: string }>;

/** Issues one token for each; the caller writes them to a file only the owner can read. */
export async function issueDemoTokens(tokens: Pick<Tokens, 'issueToken'>): Promise<DemoCredentials> {
  const entries: [string, { id: string; token: string }][] = [];
  for (const [name, who] of Object.entries(DEMO_PEOPLE))
    entries.push([name, await tokens.issueToken({ ...who, demo: true })]);
  return Object.fromEntries(entries) as DemoCredentials;
}
