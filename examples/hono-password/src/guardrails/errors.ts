// Turns every error into an answer that says what the caller can do about it, and nothing about the inside of this app.
import { STATUS_CODES } from 'node:http';
import { isOversized, tooLarge } from './body-limit.ts';
import { type Answer, problem } from './call.ts';
import { log } from './log.ts';
import { recordError } from './request-trace.ts';

/** The answer to an error: a refusal (such as malformed JSON or wrong input) keeps its status, anything else is a plain 500, or 503 in an outage. */
export function toAnswer(error: unknown): Answer {
  if (isOversized()) return tooLarge();
  const status = refusalStatus(error);
  if (status) return refusal(status, error);
  recordError(error);
  log.error({ err: error }, 'unexpected error');
  return isOutage(error) ? problem(503, 'Service Unavailable') : problem(500, 'Internal Server Error');
}

/** Errors with the status 503 say that something which this app needs, such as the sign-in service, cannot be reached. */
function isOutage(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 503;
}

/** The status from 400 to 499 that frameworks, and services of this app, put on errors that are no surprise. */
function refusalStatus(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status, statusCode } = error as { readonly status?: unknown; readonly statusCode?: unknown };
  return [status, statusCode].find((code): code is number => typeof code === 'number' && code >= 400 && code < 500);
}

/** Errors that this app has written for its callers (`expose`) say what is wrong; what a library has to say stays inside. */
function refusal(status: number, error: unknown): Answer {
  const answer = problem(status, STATUS_CODES[status] ?? 'Refused');
  const said = [error, (error as Error).cause].find(isMeantForCallers);
  return said ? { ...answer, body: { ...(answer.body as object), detail: said.message } } : answer;
}

/** Parsers of requests set `expose` as well, together with a `type`; their messages quote what was sent. */
function isMeantForCallers(error: unknown): error is Error {
  return error instanceof Error && 'expose' in error && error.expose === true && !('type' in error);
}
