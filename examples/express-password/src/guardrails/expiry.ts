// After its end date this service answers nothing but "ask the owner". Until then every answer says when that will be.
import { type Answer, type Call, type Layer, problem } from './call.ts';
import { daysLeft, end, endNotice, hasEnded } from './end-date.ts';
import { lifecycle } from './lifecycle.ts';
import { log } from './log.ts';

const healthRoutes = new Set(['/livez', '/readyz']);

/** Tells callers the end date, as RFC 8594 asks for, and refuses them after it; judged anew for each request. */
export const expiry: Layer = { name: 'expiry', before };

function before({ req, res }: Call): Answer | undefined {
  if (Number.isFinite(daysLeft())) res.setHeader('Sunset', end().toUTCString());
  const path = req.url?.split('?')[0] ?? '';
  if (!hasEnded() || healthRoutes.has(path)) return undefined;
  return problem(503, `This service ended on ${lifecycle.endsOn}. Ask ${lifecycle.owner}.`);
}

const notice = endNotice();
if (notice !== undefined) log.warn(notice);
