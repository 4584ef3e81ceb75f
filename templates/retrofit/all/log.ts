// Writes what happens as JSON lines to the standard output, one line per event, and never a password, token or key.
import { currentCall } from './call.ts';
import { config, redact } from './config.ts';
import { withoutSecrets } from './log-redaction.ts';
import { type SecurityEvent, securityEvents } from './security-events.ts';

const levels = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
type Level = (typeof levels)[number];

/** Fields and what happened, or only what happened. */
type Write = (fields: object | string, message?: string) => void;

/** The log of the guards. Say what happened and give fields; do not hand over whole requests, headers or bodies. */
export const log: Readonly<Record<Level, Write>> = {
  debug: (...line) => write('debug', ...line),
  info: (...line) => write('info', ...line),
  warn: (...line) => write('warn', ...line),
  error: (...line) => write('error', ...line),
  fatal: (...line) => write('fatal', ...line),
};

/** Logs a security event. The fields say who and what, such as `{ user_id, route }`; never the password or token. */
export function securityEvent(event: SecurityEvent, fields: Readonly<Record<string, unknown>> = {}): void {
  log[securityEvents[event]]({ ...fields, event }, `security event: ${event}`);
}

function write(level: Level, fields: object | string, message?: string): void {
  if (config.LOG_LEVEL === 'silent' || levels.indexOf(level) < levels.indexOf(config.LOG_LEVEL)) return;
  const request = currentCall()?.id;
  const line = {
    level,
    time: new Date().toISOString(),
    ...(request !== undefined && { request_id: request }),
    ...(typeof fields === 'string' ? {} : withoutSecrets(fields)),
    msg: typeof fields === 'string' ? fields : message,
  };
  process.stdout.write(`${redact(JSON.stringify(line))}\n`);
}
