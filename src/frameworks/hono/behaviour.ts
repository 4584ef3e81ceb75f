import type { Run } from '../../code/run/run.ts';
import {
  constant,
  externalPath,
  list,
  textOfValue,
  type External,
  type Site,
  type Value,
} from '../../code/run/values.ts';
import { flat } from '../express/behaviour.ts';
import { listenTo } from '../node-http/servers.ts';
import { methods, methodsIn } from '../wiring/methods.ts';
import { staticFolderOf } from '../wiring/static-folders.ts';
import { WebApp, webAppOf, type Behaviour } from '../wiring/web-app.ts';

/** What Hono's packages give. */
export function honoCall(
  run: Run,
  callee: External,
  given: readonly Value[],
  site: Site,
  made: boolean,
): Value | undefined {
  const path = externalPath(callee);
  if (made && /^(?:hono(?:\/(?:quick|tiny))?\.Hono|@hono\/zod-openapi\.OpenAPIHono|hono-openapi\.Hono)$/.test(path))
    return new WebApp(honoApp, 'app', site, run).value;
  if (/^hono\/factory\.createFactory\(\)\.createApp$/.test(path)) return new WebApp(honoApp, 'app', site, run).value;
  if (/^hono\/factory\.(?:createFactory\(\)\.)?createMiddleware$/.test(path)) return given[0];
  if (/^hono\/factory\.(?:createFactory\(\)\.)?createHandlers$/.test(path)) return list(given);
  if (path === '@hono/zod-openapi.createRoute') return given[0];
  if (/^(?:@hono\/node-server\.(?:serve|createAdaptorServer)|globalThis\.(?:Bun|Deno)\.serve)$/.test(path)) {
    const app = served(given);
    if (app) listenTo(rootOf(app), given, site, run);
  }
  return undefined;
}

/** `serve(app)`, `serve({ fetch: app.fetch })`, `Deno.serve(app.fetch)`. */
function served(given: readonly Value[]): WebApp | undefined {
  for (const value of given) {
    const inside = value.kind === 'record' ? value.entries.get('fetch') : value;
    const app = webAppOf(inside) ?? webAppOf(inside?.kind === 'method' ? inside.of : undefined);
    if (app) return app;
  }
  return undefined;
}

function rootOf(app: WebApp): WebApp {
  let root = app;
  while (root.parent) root = root.parent;
  return root;
}

/** How a Hono app behaves. */
export const honoApp: Behaviour = {
  framework: 'hono',
  call(app, name, given, site, run) {
    const method = methods.get(name);
    if (method) return addRoutes(app, [method], given, site, run);
    const [first, ...rest] = given;
    switch (name) {
      case 'on':
        return addRoutes(app, methodsIn(first), rest, site, run);
      case 'use':
        return use(app, given, site, run);
      case 'route':
        return mount(app, given, site, run);
      case 'basePath':
        return below(app, first, site, run);
      case 'openapi':
        return openapi(app, first, rest, site, run);
      case 'doc':
      case 'doc31':
        return addRoutes(app, ['GET'], [first ?? constant('/doc'), document], site, run);
      case 'mount':
        app.layers.push({ kind: 'unclear', why: 'an app of another kind is mounted here', site });
        return undefined;
      default:
        return undefined;
    }
  },
};

/** What describes the routes is made by the framework. */
const document: Value = { kind: 'external', origin: '@hono/zod-openapi', steps: [{ get: 'document' }] };

function addRoutes(
  app: WebApp,
  named: ReturnType<typeof methodsIn>,
  given: readonly Value[],
  site: Site,
  run: Run,
): undefined {
  const [first, ...rest] = given;
  const hasPath = first !== undefined && isPath(first);
  const path = hasPath ? first : constant('*');
  const handlers = flat(hasPath ? rest : given).filter((handler) => handler.kind !== 'constant');
  if (given.length < (hasPath ? 2 : 1)) return undefined;
  for (const method of named)
    app.layers.push({ kind: 'route', method, path, handlers, site, conditional: run.conditional > 0 });
  return undefined;
}

function use(app: WebApp, given: readonly Value[], site: Site, run: Run): undefined {
  const [first, ...rest] = given;
  const hasPath = first !== undefined && isPath(first);
  const path = hasPath ? first : constant('*');
  for (const handler of flat(hasPath ? rest : given)) {
    const folder = staticFolderOf(handler);
    if (folder) app.layers.push({ kind: 'static', path, folder: folder.root, site });
    else app.layers.push({ kind: 'use', path, handlers: [handler], site, conditional: run.conditional > 0 });
  }
  return undefined;
}

function mount(app: WebApp, [path, mounted]: readonly Value[], site: Site, run: Run): undefined {
  const other = webAppOf(mounted);
  const conditional = run.conditional > 0;
  if (other) app.layers.push({ kind: 'mount', path, app: rootOf(other), site, conditional });
  else app.layers.push({ kind: 'unclear', why: 'the app that is mounted here could not be followed', site });
  return undefined;
}

/** `basePath` gives an app whose routes all lie below a path; what is told to either is told to both. */
function below(app: WebApp, path: Value | undefined, site: Site, run: Run): Value {
  const inner = new WebApp(honoApp, 'router', site, run);
  inner.parent = app;
  app.layers.push({ kind: 'mount', path, app: inner, site, conditional: false });
  return inner.value;
}

/** `openapi(createRoute({ method, path, middleware }), handler)`. */
function openapi(app: WebApp, route: Value | undefined, handlers: readonly Value[], site: Site, run: Run): undefined {
  if (route?.kind !== 'record') {
    app.layers.push({ kind: 'unclear', why: 'the description of a route could not be followed', site });
    return undefined;
  }
  const path = textOfValue(route.entries.get('path'))?.replaceAll(/\{(\w+)\}/g, ':$1');
  const middleware = route.entries.get('middleware');
  return addRoutes(
    app,
    methodsIn(route.entries.get('method')),
    [
      path === undefined ? (route.entries.get('path') ?? constant('')) : constant(path),
      ...(middleware ? [middleware] : []),
      ...handlers,
    ],
    site,
    run,
  );
}

function isPath(value: Value): boolean {
  if (value.kind === 'list') return value.items.length > 0 && value.items.every(isPath);
  return value.kind === 'constant' || value.kind === 'either' || value.kind === 'unknown';
}
