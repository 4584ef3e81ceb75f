// Leads each request through the guards, one after the other, and only then to the app.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { runInCall } from './call.mjs';

const calls = new WeakMap();
const passed = new WeakMap();
const stopped = new WeakSet();

/** Begins the passage of a request. `routes` are the registered routes that match it. */
export function openCall(req, res, routes) {
  const call = { req, res, id: requestId(req), routes, user: undefined };
  calls.set(req, call);
  return call;
}

/** The caller's own number for the request where it is fit for a log, else a new one. */
function requestId({ headers }) {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/** The passage that a request is on. */
export function callOf(req) {
  return req && calls.get(req);
}

/** The answer of the first layer that has one; undefined when all of them let the request pass. */
export async function passLayers(call, layers) {
  const answer = await runInCall(call, () => passEach(call, layers));
  if (answer) stopped.add(call.req);
  return answer;
}

async function passEach(call, [layer, ...rest]) {
  if (!layer) {
    // Remembers the context of all layers together: reading a request's body can lose it.
    passed.set(call, AsyncLocalStorage.snapshot());
    return undefined;
  }
  const step = async () => (await layer.before?.(call)) ?? passEach(call, rest);
  return layer.enter ? layer.enter(call, step) : step();
}

/** Goes on with a request in the context of its layers. Throws when it has not passed them all. */
export function resume(call, run) {
  const inContext = call && passed.get(call);
  if (!inContext) throw new Error('this request has not passed the guards');
  return inContext(run);
}

/** Works on a request that did not get through, so that logs and answers still say which one it was. */
export function aftermath(call, run) {
  if (!call) return run();
  return passed.has(call) ? resume(call, run) : runInCall(call, run);
}

/** Whether a layer has ended this request with an answer of its own. */
export function wasStopped(req) {
  return stopped.has(req);
}

/** An answer as it goes over the wire. */
export function written({ status, body, headers }) {
  if (body === undefined) return { text: null, headers: { ...headers } };
  if (typeof body === 'string')
    return { text: body, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } };
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return { text: JSON.stringify(body), headers: { 'content-type': type, ...headers } };
}

/** Sends an answer; breaks the connection off when another answer is half sent. */
export function send(res, answer) {
  if (res.headersSent) return void res.destroy();
  const { text, headers } = written(answer);
  res.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(text ?? '') }).end(text);
}
