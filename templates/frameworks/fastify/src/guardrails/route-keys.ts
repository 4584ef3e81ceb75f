// Gives every route of the app the name under which the access table knows it, such as 'GET /expenses/:id'.
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest, RouteOptions } from 'fastify';

/** The names of a route that is being registered: one for each method. */
export function keysOf({ method, url }: RouteOptions): string[] {
  return [method].flat().map((one) => nameOf(one, url));
}

/** The name of the route that a request has matched. */
export function keyOf(request: FastifyRequest): string {
  return nameOf(request.method, request.routeOptions.url ?? '');
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
