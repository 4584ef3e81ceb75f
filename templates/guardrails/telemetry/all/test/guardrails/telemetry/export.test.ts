// What is traced reaches the collector, what is not does not, and a collector that cannot be reached harms nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { freePort } from '../../../scripts/trace-viewer/port.ts';
import { startCollector } from './collector.ts';
import { runApp, startCommand } from './run-app.ts';

const patience = { timeout: 15_000 };

// All at once: most of the time is spent on waiting.
test.concurrent('the real start command sends the trace of a request', patience, async () => {
  const collector = await startCollector();
  const port = await freePort(0);
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '50' };
  const child = spawn(process.execPath, startCommand().slice(1), {
    env: { ...process.env, ...settings, HOST: '127.0.0.1', PORT: String(port) },
    stdio: 'ignore',
  });
  const nowhere = (): Promise<Response> => fetch(`http://127.0.0.1:${port}/nowhere`);
  await vi.waitFor(nowhere, patience);
  await vi.waitUntil(() => collector.spans().some(({ name }) => name === 'GET'), patience);
  child.kill();
  await once(child, 'exit');
  collector.stop();
});

test.concurrent('without tracing, requests are still measured and logged', patience, async () => {
  const collector = await startCollector();
  const app = await runApp({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER: 'always_off' });
  await app.get('/expenses');
  await app.stop();
  collector.stop();
  expect(collector.spans()).toEqual([]);
  expect(collector.metrics().map(({ name }) => name)).toContain('http.server.request.duration');
  expect(app.logLines().filter(({ msg, route }) => msg === 'request' && route === '/expenses')).toHaveLength(1);
});

test.concurrent('with a dead collector the app answers, says so once, and stops in time', patience, async () => {
  const settings = { OTEL_BSP_SCHEDULE_DELAY: '10', OTEL_METRIC_EXPORT_INTERVAL: '50' };
  const app = await runApp({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', ...settings });
  for (let count = 0; count < 3; count += 1) expect((await app.get('/expenses')).status).toBe(200);
  expect(await app.stop()).toBeLessThan(3_000);
  expect(app.output().match(/do not reach/g)).toHaveLength(1);
});
