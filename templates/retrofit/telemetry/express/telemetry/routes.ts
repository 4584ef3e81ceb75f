// Tells which route of Express a request was for: its pattern, not the address that was asked for.
import type { IncomingMessage } from 'node:http';

/** What Express writes onto a request while it looks for the route. */
interface Routed extends IncomingMessage {
  readonly route?: { readonly path: string | RegExp | readonly (string | RegExp)[] };
  /** Where the router is mounted, such as `/teams/7`. */
  readonly baseUrl?: string;
  readonly app?: { readonly router?: Router; readonly _router?: Router; readonly parent?: object };
}

interface Router {
  readonly stack: readonly Layer[];
}

/** Which part of a path a router took, and the parameters in it. */
interface Taken {
  readonly path?: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** A router in its place. Its answer is the part that it took, or that it took one, which is then written on itself. */
interface Layer extends Taken {
  readonly handle: Partial<Router>;
  match(path: string): Taken | boolean | undefined;
}

/** Express tells by itself. */
export function watchRoutes(): void {}

/** `/teams/:team/people`; undefined where no route answered. */
export function routeOf(req: IncomingMessage): string | undefined {
  const { route, baseUrl = '', app } = req as Routed;
  if (!route) return undefined;
  const path = [route.path].flat().map(String).join(' | ');
  const mount = app === undefined || app.parent ? baseUrl : mountPattern(baseUrl, app._router ?? app.router);
  return mount !== '' && path === '/' ? mount : `${mount}${path}`;
}

/** A router does not know under which name it is mounted, so those above it are asked once more. */
function mountPattern(baseUrl: string, router: Partial<Router> | undefined): string {
  for (const layer of baseUrl === '' ? [] : (router?.stack ?? [])) {
    const taken = layer.handle.stack && layer.match(baseUrl);
    const { path, params = {} } = taken === true ? layer : taken || {};
    if (path) return withNames(path, params) + mountPattern(baseUrl.slice(path.length), layer.handle);
  }
  return baseUrl;
}

function withNames(path: string, params: Readonly<Record<string, string>>): string {
  const names = new Map(Object.entries(params).map(([name, value]) => [value, `:${name}`]));
  return path
    .split('/')
    .map((part) => names.get(decodeURIComponent(part)) ?? part)
    .join('/');
}
