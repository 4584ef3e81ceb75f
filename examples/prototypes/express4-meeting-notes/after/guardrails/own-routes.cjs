// Answers the few addresses that belong to the guards, such as signing in, before the app is asked.
'use strict';

const handlers = new Map();
const yielding = new Set();

/** Adds an address of the guards, such as 'POST /sign-in'; with a star at the end it stands for all below it. */
function addRoute(key, handler) {
  handlers.set(key, handler);
}

/** Adds an address that is the app's as soon as the app has it too. */
function addYieldingRoute(key, handler) {
  addRoute(key, handler);
  yielding.add(key);
}

const readers = new WeakMap();

/** Says who reads what was sent: some frameworks want to be asked for it, and fail where somebody else has read it. */
function readBodyBy(req, read) {
  readers.set(req, read);
}

/** The one to ask for what was sent; undefined where the request itself can be read. */
function bodyReaderOf(req) {
  return readers.get(req);
}

/** The addresses of the guards. */
function ownKeys() {
  return [...handlers.keys()];
}

/** The address of the guards that a request means, if it means one; HEAD counts as GET. `routes` are those of the app. */
function ownKeyOf(method = '', url = '', routes = []) {
  const [path = ''] = url.split('?');
  const key = `${method === 'HEAD' ? 'GET' : method} ${path}`;
  if (yielding.has(key) && routes.some((route) => route.replace(/^\S+ /, '') === path)) handlers.delete(key);
  if (handlers.has(key)) return key;
  return ownKeys().find((wide) => wide.endsWith('/*') && key.startsWith(wide.slice(0, -1)));
}

/** The last layer: whoever gets here has passed the gate. */
const ownRoutes = {
  name: 'ownRoutes',
  before(call) {
    const [key = ''] = call.routes;
    return handlers.get(key)?.(call);
  },
};

module.exports = { addRoute, addYieldingRoute, readBodyBy, bodyReaderOf, ownKeys, ownKeyOf, ownRoutes };
