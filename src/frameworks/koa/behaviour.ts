import type { Run } from '../../code/run/run.ts';
import { constant, externalPath, list, type External, type Site, type Value } from '../../code/run/values.ts';
import { flat } from '../express/behaviour.ts';
import { listenTo, serverAround } from '../node-http/servers.ts';
import { methods, methodsIn } from '../wiring/methods.ts';
import { staticFolderOf } from '../wiring/static-folders.ts';
import { WebApp, webAppOf, type Behaviour } from '../wiring/web-app.ts';

/** What Koa's packages give. */
export function koaCall(run: Run, callee: External, given: readonly Value[], site: Site): Value | undefined {
  const path = externalPath(callee);
  if (path === 'koa' || path === 'koa.Koa') return new WebApp(koaApp, 'app', site, run).value;
  if (
    /^(?:@koa\/router|koa-router|koa-better-router|koa-joi-router|@koa\/router\.Router|koa-router\.Router)$/.test(path)
  ) {
    const router = new WebApp(koaApp, 'router', site, run);
    const [options] = given;
    router.prefix = options?.kind === 'record' ? options.entries.get('prefix') : undefined;
    return router.value;
  }
  if (path === 'koa-compose') return given[0];
  if (path === 'koa-convert') return given[0];
  return undefined;
}

/** How a Koa app, and a router for one, behaves. */
export const koaApp: Behaviour = {
  framework: 'koa',
  call(app, name, given, site, run) {
    const method = methods.get(name);
    if (method && app.kind === 'router') return addRoutes(app, [method], named(given), site, run);
    switch (name) {
      case 'use':
        return use(app, given, site, run);
      case 'register':
        return addRoutes(app, methodsIn(given[1]), [...given.slice(0, 1), ...given.slice(2)], site, run);
      case 'prefix':
        app.prefix = given[0];
        return undefined;
      case 'allowedMethods':
        return constant(undefined);
      case 'listen':
        listenTo(app, given, site, run);
        return serverAround(app, run);
      default:
        // `routes()`, `middleware()` and `callback()` stand for the router or app itself.
        return undefined;
    }
  },
};

/** `router.get('name', '/path', handler)`: a route may have a name. */
function named(given: readonly Value[]): readonly Value[] {
  const [first, second] = given;
  return given.length > 2 && isText(first) && isText(second) ? given.slice(1) : given;
}

function isText(value: Value | undefined): boolean {
  return value?.kind === 'constant' && typeof value.value === 'string';
}

function addRoutes(
  app: WebApp,
  verbs: ReturnType<typeof methodsIn>,
  [path, ...handlers]: readonly Value[],
  site: Site,
  run: Run,
): undefined {
  for (const method of verbs)
    if (path && handlers.length > 0)
      app.layers.push({
        kind: 'route',
        method,
        path,
        handlers: flat(handlers),
        site,
        conditional: run.conditional > 0,
      });
  return undefined;
}

function use(app: WebApp, given: readonly Value[], site: Site, run: Run): undefined {
  const [first, ...rest] = given;
  const hasPath = first !== undefined && rest.length > 0 && (isText(first) || first.kind === 'list');
  const path = hasPath ? first : undefined;
  const conditional = run.conditional > 0;
  for (const handler of flat(hasPath ? rest : given)) {
    const { inner, at } = unmounted(handler);
    const mounted = webAppOf(inner);
    const folder = staticFolderOf(inner);
    if (mounted) app.layers.push({ kind: 'mount', path: at ?? path, app: mounted, site, conditional });
    else if (folder) app.layers.push({ kind: 'static', path: at ?? path, folder: folder.root, site });
    else if (inner.kind !== 'constant')
      app.layers.push({ kind: 'use', path: at ?? path, handlers: [inner], site, conditional });
  }
  return undefined;
}

/** `mount('/path', app)` of koa-mount. */
function unmounted(handler: Value): { inner: Value; at: Value | undefined } {
  const last = handler.kind === 'external' ? handler.steps.at(-1) : undefined;
  if (handler.kind !== 'external' || externalPath(handler) !== 'koa-mount()' || !last || !('call' in last))
    return { inner: handler, at: undefined };
  const [first, second] = last.call;
  return second ? { inner: second, at: first } : { inner: first ?? list([]), at: undefined };
}
