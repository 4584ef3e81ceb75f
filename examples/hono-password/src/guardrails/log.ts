// Writes what happens as JSON lines to the standard output, one line per event, and never a password, token or key.
import { trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, pino } from 'pino';
import { currentCall } from './call.ts';
import { config, redact } from './config.ts';
import { withoutSecrets } from './log-redaction.ts';
import { type SecurityEvent, securityEvents } from './security-events.ts';

/** Makes a log that writes to `destination`; the standard output when left out. */
export function createLog(destination: DestinationStream = pino.destination({ dest: 1, sync: true })): Logger {
  const options = {
    level: config.LOG_LEVEL,
    base: { service: config.OTEL_SERVICE_NAME },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: belongsTo,
    formatters: { level: (label: string) => ({ level: label }), log: withoutSecrets },
    serializers: { err: (error: unknown) => error }, // cleaned already, by withoutSecrets
    hooks: { streamWrite: redact },
  };
  return pino(options, destination);
}

/** Which request and which trace a line belongs to. */
function belongsTo(): object {
  const call = currentCall();
  const span = trace.getActiveSpan()?.spanContext();
  return {
    ...(call && { request_id: call.id }),
    ...(span && { trace_id: span.traceId, span_id: span.spanId }),
  };
}

/** The log of this app. Say what happened and give fields; do not hand over whole requests, headers or bodies. */
export const log = createLog();

/** Logs a security event. The fields say who and what, such as `{ user_id, route }`; never the password or token. */
export function securityEvent(event: SecurityEvent, fields: Readonly<Record<string, unknown>> = {}): void {
  log[securityEvents[event]]({ ...fields, event }, `security event: ${event}`);
}
