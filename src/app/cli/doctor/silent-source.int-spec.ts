import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Socket } from 'node:net';
import { peopleAdapter } from '../../../../test/kit/people-adapter.js';
import type { AdapterManifest } from '../../../pipeline/adapter-kit/index.js';
import { parseAdapter } from '../../../pipeline/conform/index.js';
import { SOURCE_STEPS } from './steps.js';
import { walkSource } from './walk-source.js';

describe('a source that listens and says nothing is to blame, at the step that hung', () => {
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));

  const served = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer);
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const hung = async (baseUrl: string): Promise<unknown> => {
    const file = peopleAdapter();
    const text = String(file.manifestBytes)
      .replace('connector: file', 'connector: http')
      .replace(/ {4}file: .*\n/, "    http: {path: /people, items: ''}\n");
    const adapter = parseAdapter<AdapterManifest & Record<string, unknown>>(Buffer.from(text), file.mappingBytes);
    const steps = await walkSource({ ...adapter, settings: { baseUrl, token: 't' } }, 300);
    const at = steps.findIndex(({ found }) => found?.some(({ verdict }) => verdict === 'FAIL'));
    expect(steps.slice(at + 1).every(({ found }) => found === null)).toBe(true);
    return [SOURCE_STEPS[at], steps[at]?.found];
  };
  const timeout = (state: string): unknown => [{ verdict: 'FAIL', code: 'CONNECTOR_TIMEOUT', params: { state } }];

  it('from the first request on: nothing is said to be signed in', async () => {
    const url = await served((request, response) => void (request.method === 'HEAD' && response.end()));
    expect(await hung(url)).toEqual(['auth', timeout('total')]);
  });

  it.each([
    ['schema', 1],
    ['first-page', 2],
  ])('at the %s, after %i good answers', async (step, good) => {
    let asked = 0;
    const url = await served((request, response) => {
      if (request.method === 'HEAD') return void response.end();
      if (asked++ < good) response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
    });
    expect(await hung(url)).toEqual([step, timeout('total')]);
  });

  it('in the handshake: that is no lack of encryption', async () => {
    const sockets: Socket[] = [];
    const server = createSocketServer((socket) => sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await hung(url)).toEqual(['tls', timeout('tls')]);
  }, 15_000);
});
