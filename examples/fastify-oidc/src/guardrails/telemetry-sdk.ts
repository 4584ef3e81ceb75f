// Sets up OpenTelemetry: which traces are kept, under which service name they appear, and where they are sent.
import { readFileSync } from 'node:fs';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { config } from './config.ts';
import { traceOutgoingCalls } from './outgoing-trace.ts';
import { samplerNamed } from './telemetry-sampler.ts';

/**
 * Starts sending to `endpoint`; gives back what sends the rest and stops. Failed exports go to `onError`.
 * The key of a hosted collector goes into OTEL_EXPORTER_OTLP_HEADERS, which the exporters read by themselves.
 */
export function startSdk(endpoint: string, onError: (error: unknown) => void): () => Promise<void> {
  const resource = describeService();
  const to = (signal: string): { url: string } => ({ url: `${endpoint.replace(/\/+$/, '')}/v1/${signal}` });
  const batches = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter(to('traces')),
    scheduledDelayMillis: config.OTEL_BSP_SCHEDULE_DELAY,
  });
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(to('metrics')),
    exportIntervalMillis: config.OTEL_METRIC_EXPORT_INTERVAL,
    exportTimeoutMillis: config.OTEL_METRIC_EXPORT_INTERVAL,
  });
  const sampler = samplerNamed(config.OTEL_TRACES_SAMPLER, config.OTEL_TRACES_SAMPLER_ARG);
  const traces = new TracerProvider({ resource, sampler, spanProcessors: [batches] });
  const meters = new MeterProvider({ resource, readers: [reader] });

  setGlobalErrorHandler(onError);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(traces);
  metrics.setGlobalMeterProvider(meters);
  traceOutgoingCalls();
  return async () => void (await Promise.all([traces.shutdown(), meters.shutdown()]));
}

function describeService(): ReturnType<typeof resourceFromAttributes> {
  const packageJson = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(packageJson) as { version: string };
  return resourceFromAttributes({
    'service.name': config.OTEL_SERVICE_NAME,
    'service.version': version,
    'deployment.environment.name': config.DEPLOYMENT_ENVIRONMENT,
  });
}
