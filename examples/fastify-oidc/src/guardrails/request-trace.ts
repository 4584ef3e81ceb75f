// Records how every request went and how long it took, by route, so that slow and failing routes stand out.
import {
  type Attributes,
  context,
  metrics,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Call, Layer } from './call.ts';
import { redact } from './config.ts';
import { requestAttributes, responseAttributes, spanName } from './request-attributes.ts';

const tracer = trace.getTracer('request-trace');
const duration = metrics.getMeter('request-trace').createHistogram('http.server.request.duration', {
  description: 'Duration of HTTP server requests.',
  unit: 's',
  advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] },
});

/** Continues the caller's trace (`traceparent`) or begins a new one; everything that the request does belongs to it. */
export const requestTrace: Layer = {
  name: 'requestTrace',
  enter(call, run) {
    const started = performance.now();
    const caller = propagation.extract(ROOT_CONTEXT, call.req.headers);
    const attributes = requestAttributes(call.req);
    const span = tracer.startSpan(spanName(call), { kind: SpanKind.SERVER, attributes }, caller);
    call.res.once('close', () => finish(call, span, attributes, (performance.now() - started) / 1_000));
    return context.with(trace.setSpan(caller, span), run);
  },
};

/** Shows an error that nobody expected on the trace of the current request, without the secrets that the app knows. */
export function recordError(error: unknown): void {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  trace.getActiveSpan()?.recordException({ name, message: redact(message), stack: redact(stack) });
}

/** `known` is from the start: a request may have lost its connection by now, and with it the rest. */
function finish(call: Call, span: Span, known: Attributes, seconds: number): void {
  const outcome = responseAttributes(call);
  span.updateName(spanName(call)).setAttributes(outcome);
  if (call.res.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();

  // Not measured by path and host: a stranger could fill the memory with new ones.
  const { 'url.path': _path, 'server.address': _host, ...request } = known;
  duration.record(seconds, { ...request, ...outcome });
}
