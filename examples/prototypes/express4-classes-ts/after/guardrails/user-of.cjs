// Tells the app's code who has opened a connection that stays open, such as a WebSocket.
'use strict';

const { callOf } = require('./passage.cjs');

/** Whoever is signed in where a connection began: `socket.request` of socket.io, the second argument of `connection` of ws. */
function userOf(request) {
  return callOf(request)?.user;
}

module.exports = { userOf };
