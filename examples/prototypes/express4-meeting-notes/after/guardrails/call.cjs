// One request, and what the guards know about it: who is calling, which routes it matches, and its number in the logs.
'use strict';

const { AsyncLocalStorage } = require('node:async_hooks');

const running = new AsyncLocalStorage();

/** Runs something as part of a request, so that `currentCall` finds it. */
function runInCall(call, run) {
  return running.run(call, run);
}

/** The request that is being worked on, if there is one. */
function currentCall() {
  return running.getStore();
}

/** Whoever is signed in. Throws where nobody is: an open route, or outside a request. */
function currentUser() {
  const user = currentCall()?.user;
  if (!user) throw new Error('nobody is signed in here: currentUser() needs a route that asks for a user');
  return user;
}

/** An error answer (RFC 9457). The title is shown to the caller: it says nothing about the inside of the app. */
function problem(status, title) {
  return { status, body: { type: 'about:blank', title, status, requestId: currentCall()?.id } };
}

module.exports = { runInCall, currentCall, currentUser, problem };
