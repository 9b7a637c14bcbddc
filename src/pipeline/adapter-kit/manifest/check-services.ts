import type { AdapterManifest } from '../contract.js';
import type { ServiceManifest } from '../service-manifest.js';
import type { Report } from './problems.js';

/** What a question must be asked with, and by which verb it is answered. */
const QUESTIONS: Record<ServiceManifest['question'], { verb: ServiceManifest['verb']; claims: readonly string[] }> = {
  person: { verb: 'lookup', claims: [] },
  identity: { verb: 'verify', claims: ['idNumber', 'name', 'phone'] },
  marriage: { verb: 'verify', claims: ['marriage'] },
};

/** What the schema cannot say of look-up services. */
export function checkServices(manifest: AdapterManifest, settings: ReadonlySet<string>, report: Report): void {
  const names = new Set<string>();
  (manifest.services ?? []).forEach((service, index) => {
    const pointer = `/services/${index}`;
    const { name, verb, question } = service;
    if (names.has(name)) report(`${pointer}/name`, 'ADAPTER_STREAM_TWICE', { stream: name });
    names.add(name);
    const expected = QUESTIONS[question];
    if (verb !== expected.verb) report(`${pointer}/verb`, 'ADAPTER_VALUE', { key: 'verb', expected: expected.verb });
    const needed = verb === 'lookup' ? ['key', 'levels'] : ['claims'];
    for (const key of [...needed, manifest.connector])
      if (service[key] === undefined) report(pointer, 'ADAPTER_KEY_REQUIRED', { key });
    const foreign = verb === 'lookup' ? ['claims'] : ['key', 'levels'];
    for (const key of [...foreign, manifest.connector === 'soap' ? 'http' : 'soap'])
      if (service[key] !== undefined) report(pointer, 'ADAPTER_KEY_UNKNOWN', { key });
    for (const claim of service.claims ?? [])
      if (!expected.claims.includes(claim))
        report(`${pointer}/claims`, 'ADAPTER_VALUE', { key: 'claims', expected: expected.claims.join(', ') });
    for (const input of service.inputs)
      if (service.probe[input] === undefined) report(`${pointer}/probe`, 'ADAPTER_KEY_REQUIRED', { key: input });
    checkParameters(service, manifest.connector, settings, pointer, report);
  });
}

function checkParameters(
  service: ServiceManifest,
  connector: string,
  settings: ReadonlySet<string>,
  pointer: string,
  report: Report,
): void {
  const block = (service[connector] ?? {}) as { endpoint?: string; parameters?: Record<string, string> };
  const texts = Object.values(block.parameters ?? {});
  const places = (kind: string): string[] =>
    texts.filter((text) => text.startsWith(`$${kind}.`)).map((text) => text.slice(kind.length + 2));
  const named = [
    ...places('settings'),
    ...places('md5'),
    ...(connector === 'soap' ? [block.endpoint ?? 'endpoint'] : []),
  ];
  for (const setting of named)
    if (!settings.has(setting)) report(`${pointer}/${connector}`, 'ADAPTER_SETTING_UNDECLARED', { setting });
  const sent = places('input');
  for (const input of service.inputs)
    if (!sent.includes(input))
      report(`${pointer}/${connector}/parameters`, 'ADAPTER_KEY_REQUIRED', { key: `$input.${input}` });
  for (const input of sent)
    if (!service.inputs.includes(input)) report(`${pointer}/inputs`, 'ADAPTER_KEY_REQUIRED', { key: input });
}
