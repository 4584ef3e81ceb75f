// Sets up OpenTelemetry: which traces are kept, under which name they appear, and where they are sent.
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { sendAtTheEnd } from './ending.mjs';
import { traceOutgoingCalls } from './outgoing.mjs';
import { traceRequests } from './requests.mjs';
import { watchRoutes } from './routes.mjs';
import { samplerNamed } from './sampler.mjs';
import { serviceName } from './service-name.mjs';
import { endpoint, say } from './settings.mjs';
import { Waiting } from './waiting.mjs';

/** Call it once, before the app is loaded. */
export function startTelemetry() {
  const waiting = new Waiting();
  const processor = new BatchSpanProcessor({
    exporter: waiting,
    scheduledDelayMillis: Number(process.env['OTEL_BSP_SCHEDULE_DELAY']) || 1_000,
  });
  const { OTEL_TRACES_SAMPLER: sampler = 'parentbased_always_on', OTEL_TRACES_SAMPLER_ARG: share = '1' } = process.env;
  const named = detectResources({ detectors: [envDetector] });

  sayOnce();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(
    new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName }).merge(named),
      sampler: samplerNamed(sampler, Number(share)),
      spanProcessors: [waiting.collect(), processor],
    }),
  );
  watchRoutes();
  traceRequests();
  traceOutgoingCalls();
  sendAtTheEnd(waiting, () => processor.forceFlush());
}

/** A collector that cannot be reached is worth one line, not one per batch. */
function sayOnce() {
  let said = false;
  setGlobalErrorHandler((error) => {
    if (said) return;
    said = true;
    const reason = error instanceof Error ? error.message : String(error);
    say(`does not reach ${new URL(endpoint() ?? '').host}: ${reason}`);
  });
}
