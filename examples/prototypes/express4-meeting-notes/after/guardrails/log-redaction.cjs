// Takes secrets out of everything that is logged: by the name of the field, and by the value where the app knows it.
'use strict';

const { redact } = require('./config.cjs');

const secretNames =
  /authorization|cookie|passw(or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|credential|session[-_]?id/i;
const deepest = 6;

/** A copy of the fields of a log line without secrets. */
function withoutSecrets(fields, depth = 0) {
  const clean = ([name, value]) => [name, secretNames.test(name) ? '[redacted]' : cleanValue(value, depth + 1)];
  return Object.fromEntries(Object.entries(fields).map(clean));
}

function cleanValue(value, depth) {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > deepest) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, depth + 1));
  return value instanceof Error ? cleanError(value, depth) : withoutSecrets(value, depth);
}

function cleanError(error, depth) {
  const { name, message, stack = '', cause } = error;
  const because = cause === undefined ? {} : { cause: cleanValue(cause, depth + 1) };
  return { type: name, message: redact(message), stack: redact(stack), ...because };
}

module.exports = { withoutSecrets };
