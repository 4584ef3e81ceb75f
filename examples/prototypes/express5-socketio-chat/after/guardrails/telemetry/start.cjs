// Sets up OpenTelemetry: which traces are kept, under which name they appear, and where they are sent.
'use strict';

const { context, propagation, trace } = require('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { setGlobalErrorHandler, W3CTraceContextPropagator } = require('@opentelemetry/core');
const { detectResources, envDetector, resourceFromAttributes } = require('@opentelemetry/resources');
const { BatchSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace');
const { sendAtTheEnd } = require('./ending.cjs');
const { traceOutgoingCalls } = require('./outgoing.cjs');
const { traceRequests } = require('./requests.cjs');
const { watchRoutes } = require('./routes.cjs');
const { samplerNamed } = require('./sampler.cjs');
const { serviceName } = require('./service-name.cjs');
const { endpoint, say } = require('./settings.cjs');
const { Waiting } = require('./waiting.cjs');

/** Call it once, before the app is loaded. */
function startTelemetry() {
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

module.exports = { startTelemetry };
