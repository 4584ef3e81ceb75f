// What is traced reaches the collector, what is not does not, and a collector that cannot be reached harms nothing.
import { context, metrics, propagation, ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { afterAll, expect, test, vi } from 'vitest';
import { samplerNamed } from '../../../src/guardrails/telemetry-sampler.ts';
import { startCollector } from './collector.ts';
import { runApp } from './run-app.ts';

const patience = { timeout: 30_000 };

// What one of these tests starts here must not follow the tests of other files.
afterAll(() => [trace, metrics, context, propagation].forEach((part) => part.disable()));

// Both at once: most of the time is spent on waiting.
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

// In the test's own process: the settings are read when the app is imported, so that has to come last.
test.concurrent('with a dead collector the app answers, says so once, and stops in time', patience, async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:1');
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { shutdownTelemetry } = await import('../../../src/guardrails/telemetry.ts');
  const { signedIn, startApp } = await import('../../support.ts');
  const { url, stop } = await startApp();
  const { headers } = await signedIn();
  for (let count = 0; count < 3; count += 1) expect((await fetch(`${url}/expenses`, { headers })).status).toBe(200);

  const started = performance.now();
  await shutdownTelemetry();
  expect(performance.now() - started).toBeLessThan(3_000);
  expect(said.mock.calls.join('\n').match(/do not reach/g)).toHaveLength(1);
  said.mockRestore();
  await stop();
});

/** Whether a request is traced whose caller traces it (true), does not (false), or says nothing. */
function isTraced(name: string, share: number, caller?: boolean): boolean {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceFlags = caller ? TraceFlags.SAMPLED : TraceFlags.NONE;
  const remote = { traceId, spanId: '00f067aa0ba902b7', traceFlags, isRemote: true };
  const parent = caller === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, remote);
  const { decision } = samplerNamed(name, share).shouldSample(parent, traceId, 'GET', SpanKind.SERVER, {}, []);
  return decision === SamplingDecision.RECORD_AND_SAMPLED;
}

test.each([
  ['always_on', 0, true],
  ['always_off', 1, false],
  ['traceidratio', 1, true],
  ['traceidratio', 0, false],
  ['parentbased_always_off', 1, false],
  ['parentbased_traceidratio', 0, false],
])('%s with a share of %d', (name, share, traced) => {
  expect(isTraced(name, share)).toBe(traced);
});

test('a caller that traces its request is followed, unless the setting says otherwise', () => {
  expect(isTraced('parentbased_always_off', 0, true)).toBe(true);
  expect(isTraced('parentbased_always_on', 1, false)).toBe(false);
  expect(isTraced('always_off', 0, true)).toBe(false);
});

test('a name that is not a sampler is refused', () => {
  expect(() => samplerNamed('sometimes', 1)).toThrow("OTEL_TRACES_SAMPLER is 'sometimes'");
  expect(() => samplerNamed('toString', 1)).toThrow('has to be one of');
});
