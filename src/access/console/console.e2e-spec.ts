import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request, type IncomingHttpHeaders } from 'node:http';
import { realConsole, type RealConsole } from '../../../test/kit/real-console.js';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** `fetch` sets Host itself; this says what it is told. */
function ask(base: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.once('error', reject);
    asked.end();
  });
}

describe('the page at /', () => {
  let console: RealConsole;
  const get = (path: string, headers?: Record<string, string>, method?: string) =>
    ask(console.url, path, headers, method);
  beforeAll(async () => {
    console = await realConsole();
  }, 120_000);
  afterAll(() => console.close());

  it('is one small page in Chinese, with everything it loads from here', async () => {
    const { status, headers, text } = await get('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('<html lang="zh-CN">');
    const loaded = [...text.matchAll(/(?:src|href)="([^"#]+)"/g)].map((match) => match[1]!);
    expect(loaded.length).toBeGreaterThan(3);
    let bytes = text.length;
    for (const path of loaded) {
      expect(path).toMatch(/^\/console\//);
      const file = await get(path);
      expect([path, file.status]).toEqual([path, 200]);
      bytes += file.text.length;
    }
    expect(bytes).toBeLessThan(100_000);
  });

  it('forbids the browser everything but its own files, on every path of the console', async () => {
    for (const path of ['/', '/console/main.js', '/console/facts.json', '/console/nothing.js', '/demo/credentials']) {
      const { headers } = await get(path);
      const policy = String(headers['content-security-policy']);
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")]);
      expect(policy).toContain("form-action 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-|\*|https?:|data:/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('answers 304 to who has it, and a new validator to who has another', async () => {
    for (const path of ['/', '/console/main.js', '/console/facts.json']) {
      const { headers } = await get(path);
      expect(headers.etag).toMatch(/^"[\w-]{27}"$/);
      expect(headers['cache-control']).toBe('no-cache');
      const again = await get(path, { 'if-none-match': `W/${headers.etag}, "x"` });
      expect(again).toMatchObject({ status: 304, text: '' });
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it('reads only, and never leaves its folder', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      for (const path of ['/', '/console/main.js', '/demo/credentials'])
        expect(await get(path, {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    const head = await get('/', {}, 'HEAD');
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(Number(head.headers['content-length'])).toBeGreaterThan(500);
    for (const path of [
      '/console/../console.module.js',
      '/console/%2e%2e/index.ts',
      '/console/..%2findex.ts',
      '/console/',
      '/console',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    expect((await get('/?x=1')).status).toBe(200);
  });

  it('gives the tokens of the demo to this machine', async () => {
    const { status, headers, text } = await get('/demo/credentials');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    const { people, examples } = JSON.parse(text) as { people: { role: string; token: string }[]; examples: object };
    expect(people.map(({ role }) => role)).toEqual(['department', 'vendor', 'auditor', 'supervisor']);
    for (const { role, token } of people) expect(token).toBe(console.tokens![role]!.token);
    expect(examples).toEqual({ resident: console.town.resident, household: console.town.household });
  });

  it('refuses them under a foreign name, through a proxy and to other pages, with code and cure', async () => {
    const port = new URL(console.url).port;
    const refused: Record<string, string>[] = [
      { host: `evil.example:${port}` },
      { host: '127.0.0.1.nip.io' },
      { host: `localhost:${port}`, 'x-forwarded-for': '10.1.2.3' },
      { host: `localhost:${port}`, 'sec-fetch-site': 'cross-site' },
      { host: `localhost:${port}`, origin: 'http://evil.example' },
    ];
    for (const headers of refused) {
      const { status, text } = await get('/demo/credentials', headers);
      expect([headers, status]).toEqual([headers, 403]);
      expect(text).not.toContain('isth_');
      expect(JSON.parse(text)).toMatchObject({ error: { code: 'DEMO_CREDENTIALS_REFUSED', cure: expect.any(String) } });
    }
    expect((await get('/demo/credentials', { host: `localhost:${port}` })).status).toBe(200);
  });

  it('gives none once a real source stands beside', async () => {
    await console.town.db.admin(`UPDATE control.source SET demo = false WHERE id = 'civil'`);
    expect(JSON.parse((await get('/demo/credentials')).text)).toEqual({ demo: null });
    await console.town.db.admin(`UPDATE control.source SET demo = true`);
  });
});

describe('the page without a demo', () => {
  it('is served, and asks for a token: none is given, even if a file of an earlier demo lies about', async () => {
    const console = await realConsole({ demo: false });
    try {
      expect((await ask(console.url, '/')).status).toBe(200);
      const { status, text } = await ask(console.url, '/demo/credentials');
      expect([status, JSON.parse(text)]).toEqual([200, { demo: null }]);
      const foreign = await ask(console.url, '/demo/credentials', { host: 'gateway.example' });
      expect([foreign.status, JSON.parse(foreign.text)]).toEqual([200, { demo: null }]);
    } finally {
      await console.close();
    }
  });
});
