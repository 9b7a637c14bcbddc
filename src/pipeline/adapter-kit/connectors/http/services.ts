import type { JsonValue } from '../../../../platform/kernel/index.js';
import type { AdapterManifest, SourceRow } from '../../contract.js';
import type { RequestRules } from '../../resilience/index.js';
import type { ServiceRequest } from '../../service-manifest.js';
import { call } from '../http-call.js';
import { parseJson } from '../json.js';
import { badAnswer, parametersOf, readAnswer, serviceOf, type AnswerBlock } from '../services.js';

/** The `http:` block of a service. */
interface HttpCall {
  path: string;
  parameters?: Record<string, string>;
}

/** Look-up services over HTTP: inputs go as a JSON body, since an address ends up in every log on the way. */
export class HttpServices {
  constructor(
    private readonly manifest: AdapterManifest,
    private readonly settings: Readonly<Record<string, unknown>>,
    private readonly base: string,
    private readonly headers: Readonly<Record<string, string>>,
    private readonly rules: RequestRules,
  ) {}

  /** @throws the errors of `call` and `readAnswer`. */
  async ask({ service: name, inputs, signal }: ServiceRequest): Promise<SourceRow | null> {
    const service = serviceOf(this.manifest, name);
    const http = service['http'] as HttpCall;
    const answer = service['answer'] as AnswerBlock;
    return call(
      new URL(this.base + http.path),
      {
        method: 'POST',
        headers: { ...this.headers, 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(Object.fromEntries(parametersOf(http.parameters ?? {}, this.settings, inputs))),
        signal,
        stream: name,
        rules: this.rules,
      },
      ({ text }) => readAnswer(bodyOf(text, name), answer, name),
    );
  }
}

function bodyOf(text: string, service: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    // the parser's message quotes the body
    throw badAnswer(service, 'json');
  }
}
