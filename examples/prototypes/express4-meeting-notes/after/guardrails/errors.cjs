// When a guard itself fails, the caller learns that it did, and nothing about the inside of this app.
'use strict';

const { problem } = require('./call.cjs');
const { log } = require('./log.cjs');

/** The answer to an error of a guard: 503 where something that it needs cannot be reached, else 500. Errors of the app stay its own. */
function toAnswer(error) {
  log.error({ err: error }, 'a guard has failed');
  const isOutage = error instanceof Error && 'status' in error && error.status === 503;
  return isOutage ? problem(503, 'Service Unavailable') : problem(500, 'Internal Server Error');
}

module.exports = { toAnswer };
