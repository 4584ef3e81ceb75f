import type { Run } from '../../code/run/run.ts';
import { externalPath, native, optionsOf, type External, type Site, type Value } from '../../code/run/values.ts';
import { listenTo, serverAround } from '../node-http/servers.ts';
import type { Method } from '../server.ts';
import { methods } from '../wiring/methods.ts';
import { staticFolderOf } from '../wiring/static-folders.ts';
import { WebApp, webAppOf, type Behaviour } from '../wiring/web-app.ts';

/** What the package `express` gives. */
export function expressCall(run: Run, callee: External, site: Site): Value | undefined {
  switch (externalPath(callee)) {
    case 'express':
      return new WebApp(expressApp, 'app', site, run).value;
    case 'express.Router':
    case 'express-promise-router':
    case 'router':
      return new WebApp(expressApp, 'router', site, run).value;
    default:
      return undefined;
  }
}

/** How an Express app or router behaves. */
export const expressApp: Behaviour = {
  framework: 'express',
  call(app, name, given, site, run) {
    const method = methods.get(name);
    if (method && given.length > 1) return register(app, method, given, site, run);
    if (name === 'use') return use(app, given, site, run);
    if (name === 'route') return chainOf(app, given[0], run);
    if (name === 'listen') {
      listenTo(app, given, site, run);
      return serverAround(app, run);
    }
    if (name === '?' && given.length > 1)
      app.layers.push({ kind: 'unclear', why: 'the method of a route is worked out at run time', site });
    return undefined;
  },
};

function register(app: WebApp, method: Method, [path, ...handlers]: readonly Value[], site: Site, run: Run): undefined {
  if (path)
    app.layers.push({ kind: 'route', method, path, handlers: flat(handlers), site, conditional: run.conditional > 0 });
  return undefined;
}

/** `use([path], ...handlers)`: routers among the handlers are mounted, folders served. */
function use(app: WebApp, given: readonly Value[], site: Site, run: Run): undefined {
  const [first] = given;
  const hasPath = first !== undefined && given.length > 1 && isPath(first);
  const path = hasPath ? first : undefined;
  const conditional = run.conditional > 0;
  for (const handler of flat(hasPath ? given.slice(1) : given)) {
    const mounted = webAppOf(handler);
    const folder = staticFolderOf(handler);
    if (mounted) app.layers.push({ kind: 'mount', path, app: mounted, site, conditional });
    else if (folder) app.layers.push({ kind: 'static', path, folder: folder.root, site });
    else {
      if (handler.kind === 'unknown' && !conditional)
        app.layers.push({ kind: 'unclear', why: `what is mounted here could not be followed: ${handler.why}`, site });
      app.layers.push({ kind: 'use', path, handlers: [handler], site, conditional });
    }
  }
  return undefined;
}

/** `app.route('/x').get(...).post(...)`. */
function chainOf(app: WebApp, path: Value | undefined, run: Run): Value {
  const chain: Value = native({
    type: 'route',
    entries: new Map(),
    call(name, handlers, site) {
      const method = methods.get(name);
      if (method && path) register(app, method, [path, ...handlers], site, run);
      return chain;
    },
  });
  return chain;
}

/** Handlers may stand in lists, also in lists of lists. */
export function flat(values: readonly Value[]): Value[] {
  return values.flatMap((value) => (value.kind === 'list' ? flat(value.items) : [value]));
}

function isPath(value: Value): boolean {
  return optionsOf(value).every(
    (option) =>
      option.kind === 'pattern' ||
      (option.kind === 'constant' && typeof option.value === 'string') ||
      (option.kind === 'list' && option.items.length > 0 && option.items.every(isPath)) ||
      option.kind === 'unknown' ||
      (option.kind === 'external' && option.origin === 'globalThis'),
  );
}
