// A collector that cannot be reached harms nothing: the app answers, says so once, and stops in time.
import { expect, test } from 'vitest';
import { runApp } from './run-app.ts';

const nobody = 'http://127.0.0.1:1';

test.concurrent(
  'requests are answered, one line says that the collector is down, and the end is not held up',
  async () => {
    const settings = { OTEL_BSP_SCHEDULE_DELAY: '10', OTEL_METRIC_EXPORT_INTERVAL: '50' };
    const app = await runApp({ OTEL_EXPORTER_OTLP_ENDPOINT: nobody, ...settings });
    for (let count = 0; count < 3; count += 1) expect((await app.get('/expenses')).status).toBe(200);
    const milliseconds = await app.stop();
    expect(milliseconds).toBeLessThan(3_500);
    expect(app.output().match(/do not reach/g)?.length ?? 0).toBeLessThanOrEqual(1);
  },
  15_000,
);

test.concurrent('without a collector the app says nothing about telemetry', async () => {
  const app = await runApp({ OTEL_EXPORTER_OTLP_ENDPOINT: '' });
  expect((await app.get('/expenses')).status).toBe(200);
  await app.stop();
  expect(app.output()).not.toMatch(/telemetry|opentelemetry/i);
});
