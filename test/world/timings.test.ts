import { trace } from '@opentelemetry/api';
import { afterAll, expect, test } from 'vitest';
import { stage, timings, traceStages } from '../../src/world/timings.ts';

const spans: string[] = [];
trace.setGlobalTracerProvider({
  getTracer: () => ({
    startSpan: (name) => trace.getTracer('none').startSpan(name),
    startActiveSpan(name: string, ...rest: unknown[]) {
      const span = trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 });
      span.setStatus = () => (spans.push(`${name} fails`), span);
      span.end = () => void spans.push(`${name} ends`);
      return (rest.at(-1) as (given: typeof span) => never)(span);
    },
  }),
});
afterAll(() => trace.disable());

test('each stage has its time, also one that fails; the first is the start of Node', async () => {
  expect(await stage('plan', () => 42)).toBe(42);
  await expect(stage('write', () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
  const all = await timings();
  expect(all.map((timing) => timing.stage)).toEqual(['node', 'plan', 'write']);
  expect(all.every(({ milliseconds }) => milliseconds >= 0)).toBe(true);
  expect(spans).toEqual([]);
});

test('on request each stage is a span', async () => {
  await traceStages();
  await stage('git', async () => 'done');
  await expect(stage('install', () => Promise.reject(new Error('offline')))).rejects.toThrow('offline');
  expect(spans).toEqual(['git ends', 'install fails', 'install ends']);
});
