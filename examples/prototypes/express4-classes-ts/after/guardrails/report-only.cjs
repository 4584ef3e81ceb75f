// While AUTH_MODE=report nothing is refused: what would have been is a line in the log.
'use strict';

const { ServerResponse } = require('node:http');
const { config } = require('./config.cjs');
const { log } = require('./log.cjs');

/** A guard that may refuse, or in report mode one that only says what it would have done. */
function reportOnly(layer) {
  if (config.AUTH_MODE === 'enforce') return layer;
  return {
    name: layer.name,
    async before(call) {
      // Whatever the guard does to the request or the answer, it does to stand-ins.
      const standIns = { req: Object.create(call.req), res: new ServerResponse(call.req) };
      const answer = await layer.before?.({ ...call, ...standIns });
      if (answer && answer.status >= 400) log.warn({ guard: layer.name, would_answer: answer.status }, 'report only');
      return undefined;
    },
  };
}

module.exports = { reportOnly };
