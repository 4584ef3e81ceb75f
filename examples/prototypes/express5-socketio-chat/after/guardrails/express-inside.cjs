// What the guards have to know about the inside of Express 4 and 5, which is more than Express promises.
'use strict';

/** The router of an app. Express 4 has it under another name, and only once something is in it. */
function routerOf(app) {
  const { _router: old } = app;
  return old ?? app.router;
}

const mounts = new WeakMap();
const watched = new WeakSet();

/** Express forgets where it mounts things (before 5.3), so that is written down when it happens. */
function watchMounts(router) {
  const holder = ownerOf('use', router);
  if (!holder || watched.has(holder)) return;
  watched.add(holder);
  const { use } = holder;
  holder.use = function (...words) {
    const before = this.stack.length;
    const result = Reflect.apply(use, this, words);
    const paths = [words[0]].flat(Infinity).filter(isPattern);
    for (const entry of this.stack.slice(before)) mounts.set(entry, paths.length > 0 ? paths : ['/']);
    return result;
  };
}

function isPattern(word) {
  return typeof word === 'string' || word instanceof RegExp;
}

function ownerOf(name, object) {
  if (object === null || Object.hasOwn(object, name)) return object ?? undefined;
  return ownerOf(name, Object.getPrototypeOf(object));
}

/** The patterns of an entry, as they are written in the app. */
function patternsOf(entry) {
  const known = entry.route ? entry.route.path : (mounts.get(entry) ?? entry.rawPath);
  if (known !== undefined) return [known].flat(Infinity);
  return [entry.regexp ? decoded(entry.regexp, entry.keys ?? []) : '/*'];
}

/** How an entry takes a path; empty when it does not. An address that cannot be decoded matches nothing. */
function matchesOf(entry, path) {
  const patterns = patternsOf(entry);
  try {
    if (!entry.regexp) return patterns.flatMap((pattern, at) => matchNew(entry, pattern, at, path));
    const taken = entry.regexp.fast_slash ? '' : entry.regexp.fast_star ? path : entry.regexp.exec(path)?.[0];
    return taken === undefined ? [] : patterns.map((pattern) => ({ taken, pattern }));
  } catch {
    return [];
  }
}

function matchNew({ slash, matchers }, pattern, at, path) {
  if (slash) return [{ taken: '', pattern }];
  const found = (matchers?.[at] ?? matchers?.[0])?.(path);
  return found ? [{ taken: found.path, pattern }] : [];
}

/** Express 4 keeps of a mount path only the expression that it has made of it. */
function decoded(regexp, keys) {
  if (regexp.fast_slash) return '/';
  let parameter = 0;
  const path = regexp.source
    .replace(/^\^/, '')
    .replace(/(?:\\\/\?|\(\?:\\\/\(\?=\$\)\)\?)?\(\?=\\\/\|\$\)$/, '')
    .replaceAll(
      /\(\?:(\\\/)?\(\[\^\\?\/\]\+\?\)\)|\(\[\^\\?\/\]\+\?\)/g,
      (_, slash) => `${slash ?? ''}:${keys[parameter++]?.name}`,
    )
    .replaceAll(/\\([/.-])/g, '$1');
  return /^[\w\-./:~]*$/.test(path) ? path : regexp;
}

module.exports = { routerOf, watchMounts, patternsOf, matchesOf };
