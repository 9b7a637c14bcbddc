import type { JsonValue } from '../../../../platform/kernel/index.js';
import type { AdapterManifest, SourceRow } from '../../contract.js';
import type { RequestRules } from '../../resilience/index.js';
import type { ServiceManifest, ServiceRequest } from '../../service-manifest.js';
import { addressOf, call } from '../http-call.js';
import { parseJson } from '../json.js';
import { badAnswer, parametersOf, readAnswer, serviceOf, type AnswerBlock } from '../services.js';
import { parseXml } from '../xml.js';
import { envelope, responseOf, returnedText } from './envelope.js';

/** The `soap:` block of a service. */
interface SoapCall {
  endpoint?: string;
  namespace?: string;
  soapAction?: string;
  operation: string;
  parameters?: Record<string, string>;
}

/** Look-up services over SOAP 1.1: credentials and inputs are parameters, status comes in one level or more. */
export class SoapServices {
  constructor(
    private readonly manifest: AdapterManifest,
    private readonly settings: Readonly<Record<string, unknown>>,
    private readonly rules: RequestRules,
  ) {
    for (const service of manifest.services ?? []) this.#address(service);
  }

  /** @throws the errors of `call`, `responseOf` and `readAnswer`. */
  async ask({ service: name, inputs, signal }: ServiceRequest): Promise<SourceRow | null> {
    const service = serviceOf(this.manifest, name);
    const soap = service['soap'] as SoapCall;
    const answer = service['answer'] as AnswerBlock;
    const parameters = parametersOf(soap.parameters ?? {}, this.settings, inputs);
    return call(
      this.#address(service),
      {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${soap.soapAction ?? ''}"` },
        body: envelope(soap.namespace ?? '', soap.operation, parameters),
        signal,
        stream: name,
        rules: this.rules,
        accept: [500],
      },
      ({ text }) => readAnswer(valueOf(responseOf(text, name), answer, name), answer, name),
    );
  }

  #address(service: ServiceManifest): URL {
    const setting = (service['soap'] as SoapCall).endpoint ?? 'endpoint';
    return addressOf(this.settings[setting], setting);
  }
}

function valueOf(response: JsonValue, { embedded = 'none' }: AnswerBlock, service: string): JsonValue {
  if (embedded === 'none') return response;
  const text = returnedText(response, service);
  try {
    return embedded === 'xml' ? parseXml(text) : parseJson(text);
  } catch {
    // the parser's message quotes the answer
    throw badAnswer(service, `result: ${embedded}`);
  }
}
