// Writes one line for every request: who asked for what, how it ended and how long it took; never what was in it.
'use strict';

const { AsyncLocalStorage } = require('node:async_hooks');
const { log } = require('./log.cjs');

/** Also answers with the request id (`x-request-id`), so that a complaint can be found in the log. */
const requestLog = {
  name: 'requestLog',
  enter(call, run) {
    const started = performance.now();
    call.res.setHeader('x-request-id', call.id);
    // Bound, because 'close' comes from the socket and would otherwise have lost its request and trace.
    call.res.once(
      'close',
      AsyncLocalStorage.bind(() => write(call, performance.now() - started)),
    );
    return run();
  },
};

function write(call, milliseconds) {
  const { req, res, routes, user } = call;
  const line = {
    method: req.method,
    route: routes[0]?.replace(/^\S+ /, ''),
    status: res.headersSent ? res.statusCode : undefined,
    aborted: res.writableFinished ? undefined : true,
    duration_ms: Math.round(milliseconds * 10) / 10,
    user_id: user?.id,
  };
  log[res.statusCode >= 500 ? 'error' : 'info'](line, 'request');
}

module.exports = { requestLog };
