import { posix } from 'node:path';
import type { Code, Guard, Middleware, Recogniser, Route, Server, StaticFolder } from '../server.ts';
import { placeOf } from '../../code/module.ts';
import { callSiteOf } from './sites.ts';
import { top } from '../../code/run/modules.ts';
import { optionsOf, textOfValue, type Value } from '../../code/run/values.ts';
import { placeText } from '../../repository/place.ts';
import { appOf, type App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { declaredGuard } from './declared-access.ts';
import { answersItself } from '../stranger/packages.ts';
import { strangerAt } from '../stranger/stranger.ts';
import { routesOfFunction, type FoundStop } from '../node-http/routes.ts';
import { nodeServer } from '../node-http/servers.ts';
import { flatten, type Flat, type Stop } from './flatten.ts';
import type { WebApp } from './web-app.ts';
import { wiringOf, type Wiring } from './wiring.ts';

/** A recogniser over the apps that code makes with one framework. */
export function recogniserOf(id: string, title: string): Recogniser {
  return {
    id,
    title,
    serversIn(app: App, repository: Repository): readonly Server[] {
      const wiring = wiringOf(repository);
      return wiring.apps
        .filter(({ kind, behaviour }) => kind === 'app' && behaviour.framework === id)
        .filter((made) => !isMounted(made, wiring) && appOf(repository, made.site.module.path)?.root === app.root)
        .map((made) => serverOf(made, app, repository, wiring))
        .reduce<readonly Server[]>(withoutCopies, [])
        .filter(
          ({ routes, listens, statics, middleware }) =>
            routes.length + statics.length + middleware.length > 0 || (listens && id !== 'node-http'),
        );
    },
  };
}

/** Code that runs twice makes the same server twice. The one that listens counts, with the routes of both. */
function withoutCopies(servers: readonly Server[], server: Server): Server[] {
  const same = servers.find(({ where }) => placeText(where) === placeText(server.where));
  if (!same) return [...servers, { ...server, routes: distinct(server.routes) }];
  const merged = {
    ...server,
    ...same,
    listens: same.listens ?? server.listens,
    routes: distinct([...same.routes, ...server.routes]),
  };
  return servers.map((other) => (other === same ? merged : other));
}

function distinct(routes: readonly Route[]): Route[] {
  const byName = new Map<string, Route>();
  for (const route of routes) {
    const name = `${route.method} ${route.path} ${route.where.path}:${route.where.line}`;
    if (!byName.has(name)) byName.set(name, route);
  }
  return [...byName.values()];
}

/** An app that another one mounts is a part of that one. */
function isMounted(app: WebApp, { apps }: Wiring): boolean {
  return apps.some((other) => other !== app && holds(other, app, new Set()));
}

function holds(outer: WebApp, app: WebApp, seen: Set<WebApp>): boolean {
  if (seen.has(outer)) return false;
  seen.add(outer);
  return outer.layers.some((layer) => layer.kind === 'mount' && (layer.app === app || holds(layer.app, app, seen)));
}

function serverOf(made: WebApp, app: App, repository: Repository, wiring: Wiring): Server {
  const { stops, unclear } = stopsOf(made, repository, wiring);
  const stranger = strangerAt(repository, made.behaviour.framework, stops, wiring);
  const routes = stops.flatMap((stop, index): Route[] => {
    if (stop.kind !== 'route' && !mayAnswer(stop)) return [];
    const { guard: seen, certain, isRoute, answers } = stranger.ask(index);
    const guard = declaredFor(made, stop, wiring) ?? seen;
    return isRoute && (stop.kind === 'route' || answers)
      ? [
          {
            method: stop.method,
            path: stop.path,
            where: callSiteOf(stop.site),
            handlers: 'answeredBy' in stop ? (stop as FoundStop).answeredBy : stop.handlers.flatMap(codeOf),
            guard,
            confidence: certain && stop.sure ? 'certain' : 'likely',
          },
        ]
      : [];
  });
  return {
    framework: made.behaviour.framework,
    app,
    where: placeOf(made.site.module, made.site.node),
    listens: made.listens && callSiteOf(made.listens.site),
    ...(made.listens?.given.some(isLocal) && { local: callSiteOf(made.listens.site) }),
    routes,
    statics: stops.flatMap(staticOf),
    middleware: stops.flatMap(middlewareOf),
    channels: [],
    unclear: [
      ...unclear.map(({ site, why }) => ({ where: callSiteOf(site), why })),
      ...wiring.unfinished
        .filter(({ path }) => appOf(repository, path)?.root === app.root)
        .map(({ path }) => ({ where: { path }, why: 'there is too much code to follow from here' })),
    ],
  };
}

/** The guard of a project that create-shipshape made goes by its table. */
function declaredFor({ guardedBy }: WebApp, { method, path }: Stop, { run, modules }: Wiring): Guard | undefined {
  const folder = guardedBy?.module.path.replace(/[^/]+$/, '');
  return folder === undefined ? undefined : declaredGuard(run, modules, folder, method, path);
}

/** A function that answers everything by itself is asked what it answers. */
function stopsOf(made: WebApp, repository: Repository, { modules }: Wiring): Flat {
  if (made.behaviour !== nodeServer) return flatten(made);
  const found = made.layers.flatMap((layer) =>
    layer.kind === 'use' ? routesOfFunction(repository, modules, layer, [made]) : [],
  );
  return { stops: found, unclear: [] };
}

/** `listen(3000, '127.0.0.1')`, `listen({ port, host: 'localhost' })`. */
function isLocal(given: Value): boolean {
  const host = given.kind === 'record' ? given.entries.get('host') : given;
  return /^(?:127\.0\.0\.1|localhost|::1)$/.test(textOfValue(host) ?? '');
}

/** `app.use('/path', handler)` may be all there is of a route. */
function mayAnswer({ kind, path, prefix, handlers, inside }: Stop): boolean {
  if (kind !== 'use' || path === '/' || path.endsWith('*') || inside.at(-1)?.behaviour.framework !== 'express')
    return false;
  return prefix !== '' && handlers.some((handler) => handler.kind === 'function' || answersItself(handler));
}

function staticOf({ kind, path, folder, site }: Stop): StaticFolder[] {
  if (kind !== 'static') return [];
  return [{ path, folder: folderOf(textOfValue(folder)), where: callSiteOf(site) }];
}

/** A folder from the top of the repository, where the code names it from its own place or from where it is started. */
function folderOf(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  const whole = posix.resolve(top, folder);
  if (whole === top) return '.';
  return whole.startsWith(`${top}/`) ? whole.slice(top.length + 1) : undefined;
}

function middlewareOf({ kind, path, handlers, site }: Stop): Middleware[] {
  if (kind !== 'use' && kind !== 'hook') return [];
  return handlers.map((handler) => ({
    path,
    where: callSiteOf(site),
    code: codeOf(handler)[0] ?? { module: site.module, node: site.node },
    packages: packagesOf(handler),
  }));
}

/** The code of a handler, where it is a function of the repository. */
function codeOf(handler: Value): Code[] {
  return optionsOf(handler).flatMap((option) =>
    option.kind === 'function' ? [{ module: option.module, node: option.node }] : [],
  );
}

function packagesOf(handler: Value): string[] {
  const names = optionsOf(handler).flatMap((option) =>
    option.kind === 'external' && option.origin !== 'globalThis' ? [option.origin] : [],
  );
  return [...new Set(names)];
}
