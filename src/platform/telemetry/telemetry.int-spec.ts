import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Health } from './health.js';
import { Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { TelemetryModule } from './telemetry.module.js';

@Controller()
class Other {
  @Get('elsewhere')
  answer(): string {
    return 'elsewhere';
  }
}

describe('the probe addresses', () => {
  const [metrics, health] = [new Metrics(), new Health()];
  let app: INestApplication;
  let url: string;
  let database: () => Promise<void> = async () => undefined;

  beforeAll(async () => {
    health.require('database', () => database());
    @Module({
      imports: [TelemetryModule.forRoot({ logger: new Logger({ level: 'silent' }), metrics, health })],
      controllers: [Other],
    })
    class App {}
    app = await NestFactory.create(App, { logger: false, bodyParser: false });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`${url}${path}`, { method });
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  };

  it('say that the process lives, and leave other addresses alone', async () => {
    expect(await get('/livez')).toMatchObject({ status: 200, text: '{"live":true}\n' });
    expect(await get('/livez', 'HEAD')).toMatchObject({ status: 200, text: '' });
    expect((await get('/livez', 'POST')).status).toBe(405);
    expect(await get('/elsewhere')).toMatchObject({ status: 200, text: 'elsewhere' });
    expect((await get('/livezz')).status).toBe(404);
  });

  it('say whether the parts answer, by name and without a word of what is wrong', async () => {
    expect(JSON.parse((await get('/readyz')).text)).toEqual({ ready: true, parts: { database: 'ok' } });
    database = async () => {
      throw new Error('password of isthmus_app is hunter2');
    };
    await new Promise((next) => setTimeout(next, 550));
    const answer = await get('/readyz');
    expect([answer.status, JSON.parse(answer.text)]).toEqual([503, { ready: false, parts: { database: 'failing' } }]);
    database = async () => undefined;
    await new Promise((next) => setTimeout(next, 550));
    expect((await get('/readyz?x=1')).status).toBe(200);
  });

  it('give the metrics, filled at the scrape, with no label taken from a person', async () => {
    metrics.beforeScrape(async () => {
      metrics.sourceUp.clear();
      metrics.sourceUp.set({ source: 'police' }, 1);
    });
    metrics.beforeScrape(async () => Promise.reject(new Error('queue is away')));
    metrics.refusals.add({ code: '张三' });
    metrics.syncRuns.add({ source: '99010119900307123X', state: 'SUCCEEDED' });
    metrics.operationSeconds.observe({ outcome: 'ANSWERED' }, 0.004);
    const { status, type, text } = await get('/metrics');
    expect([status, type.startsWith('text/plain')]).toEqual([200, true]);
    expect(text).toContain('isthmus_source_up{source="police"} 1');
    expect(text).toContain('isthmus_refusals_total{code="other"} 1'.replace('refusals', 'graph_refusals'));
    expect(text).toContain('isthmus_graph_operation_seconds_bucket{le="0.005",outcome="ANSWERED"} 1');
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toMatch(/张三|990101/);
    expect(new Set(text.match(/^# TYPE isthmus_\w+/gm)).size).toBeGreaterThanOrEqual(12);
  });

  it('count a part that does not answer as failing, and a stopping process as not ready', async () => {
    const slow = new Health();
    slow.require('queue', () => new Promise(() => undefined));
    expect(await slow.readiness()).toEqual({ ready: false, parts: { queue: 'failing' } });
    const stopping = new Health();
    expect((await stopping.readiness()).ready).toBe(true);
    stopping.drain();
    expect((await stopping.readiness()).ready).toBe(false);
  });
});
