// Gives every route of the app the name under which the access table knows it, such as 'GET /expenses/:id'. For Fastify 3 and 4.
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';

/** What `app.all()` stands for; newer versions add methods that are hardly used. */
const usual = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'OPTIONS'];

/** A request of Fastify before 4.10. */
interface Older {
  readonly routerPath?: string;
  readonly routerMethod?: string | readonly string[];
}

/** The names of a route that is being registered: one for each method, or `ALL`. */
export function keysOf({ method, url }: RouteOptions, _app: FastifyInstance): string[] {
  return isForAll(method) ? [nameOf('ALL', url)] : [method].flat().map((one) => nameOf(one, url));
}

/** The name of the route that a request has matched. */
export function keyOf(request: FastifyRequest): string {
  const { method, url } = routeOf(request);
  return nameOf(isForAll(method) ? 'ALL' : request.method, url);
}

function routeOf(request: FastifyRequest): { readonly method: string | readonly string[]; readonly url: string } {
  const known = 'routeOptions' in request ? request.routeOptions : undefined;
  const { routerPath, routerMethod } = known ? {} : (request as unknown as Older);
  return { method: known?.method ?? routerMethod ?? request.method, url: known?.url ?? routerPath ?? '' };
}

function isForAll(method: string | readonly string[]): boolean {
  return usual.every((each) => method.includes(each));
}

function nameOf(method: string, url: string): string {
  return `${method === 'HEAD' ? 'GET' : method} ${url.replace(/(.)\/$/, '$1')}`;
}

/** Fastify answers an address that it cannot decode before any guard is asked; for us such an address does not exist. */
export function hideUndecodable(req: IncomingMessage): void {
  try {
    decodeURI(req.url ?? '');
  } catch {
    req.url = '/not-decodable';
  }
}
