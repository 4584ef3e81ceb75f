// When a guard itself fails, the caller learns that it did, and nothing about the inside of this app.
import { problem } from './call.mjs';
import { log } from './log.mjs';

/** The answer to an error of a guard: 503 where something that it needs cannot be reached, else 500. Errors of the app stay its own. */
export function toAnswer(error) {
  log.error({ err: error }, 'a guard has failed');
  const isOutage = error instanceof Error && 'status' in error && error.status === 503;
  return isOutage ? problem(503, 'Service Unavailable') : problem(500, 'Internal Server Error');
}
