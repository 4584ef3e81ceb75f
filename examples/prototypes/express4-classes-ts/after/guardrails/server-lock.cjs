// No web server of this program answers a request that has not been through the gate: not even one that is started beside the app.
'use strict';

const { Server, STATUS_CODES, ServerResponse } = require('node:http');
const { Server: SecureServer } = require('node:https');
const { runInCall } = require('./call.cjs');
const { openCall, send } = require('./passage.cjs');

const place = Symbol.for('guardrails.server-lock');
const checks = new Set();

/** Runs a check whenever a server begins to listen; an error keeps it from listening. */
function beforeListening(check) {
  checks.add(check);
}

/** Locks all servers of this program, also those that are made later. */
function lockServers(admission) {
  for (const { prototype } of [Server, SecureServer]) {
    const locked = prototype;
    const isFirst = !Object.hasOwn(locked, place);
    locked[place] = { admission, checks };
    if (isFirst) Object.assign(locked, lockOn(locked));
  }
}

function lockOn(prototype) {
  const { emit, listen } = prototype;
  return {
    emit(event, ...args) {
      const go = () => Reflect.apply(emit, this, [event, ...args]);
      const { admission } = prototype[place];
      const [req, door] = args;
      if (event === 'upgrade' || event === 'connect') return admitConnection(admission, req, door, go);
      if (!(door instanceof ServerResponse)) return go();
      lockResponse(admission, req, door);
      const key = admission.outsideKey(pathOf(req));
      return key === undefined ? go() : admitRequest(admission, openCall(req, door, [key]), go);
    },
    listen(...args) {
      const { checks: all } = prototype[place];
      for (const check of Array.from(all)) runOnce(check, all);
      return Reflect.apply(listen, this, args);
    },
  };
}

/** A check that has failed is not asked again: it has stopped the program, or the test that wanted to see it. */
function runOnce(check, all) {
  all.delete(check);
  check();
  all.add(check);
}

/** Whatever sends an answer must have been through the gate by then; if not, 503 goes out instead, and nothing else. */
function lockResponse({ mayAnswer }, req, res) {
  let refused = false;
  for (const name of ['writeHead', 'write', 'end', 'flushHeaders']) {
    const original = res[name];
    const locked = (...args) => {
      if (refused) return name === 'write' || res;
      if (mayAnswer(req)) return Reflect.apply(original, res, args);
      refused = true;
      return refuse(res);
    };
    Object.defineProperty(res, name, { value: locked, configurable: true, writable: true });
  }
}

function refuse(res) {
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  const text = JSON.stringify({ type: 'about:blank', title: 'This server is not behind the gate', status: 503 });
  const headers = { 'content-type': 'application/problem+json', 'content-length': text.length, connection: 'close' };
  ServerResponse.prototype.writeHead.call(res, 503, headers);
  return ServerResponse.prototype.end.call(res, text, 'utf8');
}

/** What answers beside the app has no gate of its own: it is asked for here. */
function admitRequest({ admit }, call, go) {
  void runInCall(call, async () => admit(call)).then(
    (answer) => (answer ? send(call.res, answer) : runInCall(call, go)),
    () => refuse(call.res),
  );
  return true;
}

/** A connection that stays open is let in, or refused before anything of the app hears of it. */
function admitConnection({ admit, upgradeKeys }, req, socket, go) {
  const call = openCall(req, new ServerResponse(req), upgradeKeys(pathOf(req)));
  const refuseWith = (status) =>
    void socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  socket.once('error', () => socket.destroy());
  void runInCall(call, async () => admit(call)).then(
    (answer) => (answer ? refuseWith(answer.status) : runInCall(call, go)),
    () => refuseWith(503),
  );
  return true;
}

function pathOf({ url = '' }) {
  return url.split('?')[0] ?? '';
}

module.exports = { beforeListening, lockServers };
