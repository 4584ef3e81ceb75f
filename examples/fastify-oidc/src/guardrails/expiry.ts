// Every answer says when this service ends (the `Sunset` header), and the log warns two weeks before. It does not stop by itself.
import type { Answer, Call, Layer } from './call.ts';
import { daysLeft, end, endNotice } from './end-date.ts';
import { log } from './log.ts';

/** Tells callers the end date, as RFC 8594 asks for; production has none. */
export const expiry: Layer = { name: 'expiry', before };

function before({ res }: Call): Answer | undefined {
  if (Number.isFinite(daysLeft())) res.setHeader('Sunset', end().toUTCString());
  return undefined;
}

const notice = endNotice();
if (notice !== undefined) log.warn(notice);
