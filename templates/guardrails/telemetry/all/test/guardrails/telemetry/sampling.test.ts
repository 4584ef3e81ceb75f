// Only as many requests are traced as the settings say, and a setting that is misspelt stops the start.
import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { samplerNamed } from '../../../src/guardrails/telemetry-sampler.ts';

/** Whether a request is traced whose caller traces it (true), does not (false), or says nothing. */
function isTraced(name: string, share: number, caller?: boolean): boolean {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceFlags = caller ? TraceFlags.SAMPLED : TraceFlags.NONE;
  const remote = { traceId, spanId: '00f067aa0ba902b7', traceFlags, isRemote: true };
  const context = caller === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, remote);
  const { decision } = samplerNamed(name, share).shouldSample(context, traceId, 'GET', SpanKind.SERVER, {}, []);
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
