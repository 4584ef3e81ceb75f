// Writes what happens as JSON lines to the standard output, one line per event, and never a password, token or key.
'use strict';

const { currentCall } = require('./call.cjs');
const { config, redact } = require('./config.cjs');
const { withoutSecrets } = require('./log-redaction.cjs');
const { securityEvents } = require('./security-events.cjs');

const levels = ['debug', 'info', 'warn', 'error', 'fatal'];

/** The log of the guards. Say what happened and give fields; do not hand over whole requests, headers or bodies. */
const log = {
  debug: (...line) => write('debug', ...line),
  info: (...line) => write('info', ...line),
  warn: (...line) => write('warn', ...line),
  error: (...line) => write('error', ...line),
  fatal: (...line) => write('fatal', ...line),
};

/** Logs a security event. The fields say who and what, such as `{ user_id, route }`; never the password or token. */
function securityEvent(event, fields = {}) {
  log[securityEvents[event]]({ ...fields, event }, `security event: ${event}`);
}

function write(level, fields, message) {
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

module.exports = { log, securityEvent };
