// Tells which route of Express a request was for: its pattern, not the address that was asked for.
'use strict';

/** Express tells by itself. */
function watchRoutes() {}

/** `/teams/:team/people`; undefined where no route answered. */
function routeOf(req) {
  const { route, baseUrl = '', app } = req;
  if (!route) return undefined;
  const path = [route.path].flat().map(String).join(' | ');
  const mount = app === undefined || app.parent ? baseUrl : mountPattern(baseUrl, app._router ?? app.router);
  return mount !== '' && path === '/' ? mount : `${mount}${path}`;
}

/** A router does not know under which name it is mounted, so those above it are asked once more. */
function mountPattern(baseUrl, router) {
  for (const layer of baseUrl === '' ? [] : (router?.stack ?? [])) {
    const taken = layer.handle.stack && layer.match(baseUrl);
    const { path, params = {} } = taken === true ? layer : taken || {};
    if (path) return withNames(path, params) + mountPattern(baseUrl.slice(path.length), layer.handle);
  }
  return baseUrl;
}

function withNames(path, params) {
  const names = new Map(Object.entries(params).map(([name, value]) => [value, `:${name}`]));
  return path
    .split('/')
    .map((part) => names.get(decodeURIComponent(part)) ?? part)
    .join('/');
}

module.exports = { watchRoutes, routeOf };
