// Refuses requests that send more than BODY_LIMIT bytes, also those that do not say beforehand how much they send.
import { problem } from './call.mjs';
import { config } from './config.mjs';

const limit = config.BODY_LIMIT;
const oversized = new WeakSet();

/** Answers when the request announces too much; otherwise its bytes are counted while it is read. */
export const bodyLimit = {
  name: 'bodyLimit',
  before({ req }) {
    if (Number(req.headers['content-length'] ?? 0) > limit) return tooLarge();
    if (req.headers['transfer-encoding'] !== undefined) countBytes(req);
    return undefined;
  },
};

/** The answer to a request that sends too much. */
function tooLarge() {
  return problem(413, 'Content Too Large');
}

/** Every byte passes `push` on its way to whoever reads the request; past the limit the reader gets no more. */
function countBytes(req) {
  const push = req.push.bind(req);
  let bytes = req.readableLength;
  req.push = (chunk, encoding) => {
    bytes += chunk?.length ?? 0;
    if (bytes <= limit) return push(chunk, encoding);
    if (!oversized.has(req)) cutOff(req, () => push(null));
    return true;
  };
}

/** A reader that minds errors gets one, any other the end. The connection stays, as the answer still has to be sent. */
function cutOff(req, end) {
  oversized.add(req);
  if (req.listenerCount('error') === 0) return end();
  Object.defineProperty(req, '_destroy', { value: leaveConnection });
  req.destroy(new Error('the request body is larger than the limit'));
}

/** What to do when a request ends before its time; Node.js would break the connection off. */
function leaveConnection(error, done) {
  done(error);
}
