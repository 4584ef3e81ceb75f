// Gives every route of the app the name under which the access table knows it, such as 'GET /expenses/:id'.
'use strict';

const { METHODS } = require('node:http');
const { matchesOf, patternsOf } = require('./express-inside.cjs');

/** Handlers that are known to answer by themselves: a folder of files, another app. */
const answering = new Set(['serveStatic', 'mounted_app']);

/** What the access table must list. */
function registeredKeys({ stack }) {
  return [...new Set([...walk(stack, '')].filter(mustBeListed).map(({ key }) => key))];
}

/** A handler without `next` answers whatever comes below its path; the one for everything is the app's "not found". */
function mustBeListed({ key, entry }) {
  return Boolean(entry.route) || answering.has(entry.name) || (entry.handle.length === 2 && key !== 'USE /');
}

/** The keys of the routes that match, written plainly or not, and after them those of handlers on the way to a folder. */
function matchingKeys({ stack }, { method = '', url = '' }) {
  const path = pathOf(url);
  const paths = new Set([path, decoded(path)]);
  const keys = [...new Set([...paths].flatMap((each) => [...match(stack, '', method, each)]))];
  return [...keys.filter((key) => !key.startsWith('USE ')), ...keys.filter((key) => key.startsWith('USE '))];
}

/** The names of a route or folder that is about to run; empty for a handler on the way. */
function keysOfEntry({ stack }, entry, { req, routes }) {
  if (!entry.route && !answering.has(entry.name)) return [];
  const places = [...walk(stack, '')].filter((place) => place.entry === entry);
  // A route that is hidden in another handler goes by that handler's name.
  if (places.length === 0) return entry.route ? [routes.find((key) => key.startsWith('USE ')) ?? 'USE /'] : [];
  const keys = places.filter(({ method }) => handles(method, req.method ?? '')).map(({ key }) => key);
  const matching = keys.filter((key) => routes.includes(key));
  return matching.length > 0 ? matching : keys;
}

function* walk(stack, prefix) {
  for (const entry of stack) {
    for (const pattern of patternsOf(entry)) {
      const path = join(prefix, pattern);
      const inner = innerStack(entry);
      if (inner) yield* walk(inner, path);
      else for (const method of methodsOf(entry)) yield { key: `${method} ${path}`, method, entry };
    }
  }
}

function* match(stack, prefix, method, path) {
  for (const entry of stack) {
    for (const { taken, pattern } of matchesOf(entry, path)) {
      const place = join(prefix, pattern);
      const rest = path.slice(taken.length);
      const inner = innerStack(entry);
      if (inner) yield* match(inner, place, method, rest.startsWith('/') ? rest : `/${rest}`);
      else for (const own of methodsOf(entry)) if (handles(own, method)) yield `${own} ${place}`;
    }
  }
}

/** What a router holds. Handlers of others, such as those of Vite, have a stack too, with other things in it. */
function innerStack({ handle }) {
  return typeof handle.get === 'function' ? handle.stack : undefined;
}

/** Express hands `dr%61ft` to a route for any name, where it means the name `draft`: the rule for `draft` must hold as well. */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A request may name the whole address; Express takes the path of it. */
function pathOf(url) {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/)[0] || '/';
}

/** `app.all()` registers a route once for each method that there is. */
function methodsOf({ route }) {
  if (!route) return ['USE'];
  const names = Object.keys(route.methods).map((name) => name.toUpperCase());
  if ('_all' in route.methods || METHODS.every((method) => names.includes(method) || method === 'QUERY'))
    return ['ALL'];
  return [...new Set(names.map((name) => (name === 'HEAD' ? 'GET' : name)))];
}

function handles(registered, method) {
  return ['ALL', 'USE', method === 'HEAD' ? 'GET' : method].includes(registered);
}

function join(prefix, pattern) {
  if (typeof pattern !== 'string') return `${prefix} ${pattern}`;
  return `${prefix}/${pattern}`.replaceAll(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
}

module.exports = { registeredKeys, matchingKeys, keysOfEntry };
