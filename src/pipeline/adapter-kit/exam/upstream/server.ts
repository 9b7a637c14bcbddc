import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** A loopback HTTP server on a free port; null as an answer: none ever comes. */
export async function startServer(
  answer: (url: URL, request: IncomingMessage, body: string) => Reply | null,
): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reply = answer(new URL(request.url ?? '/', 'http://exam'), request, Buffer.concat(chunks).toString('utf8'));
      if (reply !== null) response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
