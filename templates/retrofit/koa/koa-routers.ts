// What the guards have to know about the inside of routers for Koa (@koa/router, koa-router), which is more than they promise.
import { METHODS } from 'node:http';

/** One route of a router, or a handler on the way to its routes, which has no methods. */
interface RouterLayer {
  readonly path: string | RegExp;
  readonly methods: readonly string[];
}

/** A router, as the function that it gives to `app.use` carries it along. */
export interface Router {
  readonly stack: readonly RouterLayer[];
  readonly opts?: { readonly routerPath?: string };
  match(path: string, method: string): { readonly pathAndMethod: readonly RouterLayer[] };
}

/** The names of all routes of a router, such as 'GET /orders/:id'. */
export function registeredKeys({ stack }: Router): string[] {
  return stack.flatMap((layer) => methodsOf(layer).map((method) => keyOf(method, layer.path)));
}

/** The names of the routes that a request would come to. */
export function matchingKeys(router: Router, method: string, path: string): string[] {
  const { pathAndMethod } = router.match(router.opts?.routerPath ?? path, method);
  return pathAndMethod.flatMap((layer) => {
    const [own = ''] = methodsOf(layer).filter((each) => [method === 'HEAD' ? 'GET' : method, 'ALL'].includes(each));
    return own === '' ? [] : [keyOf(own, layer.path)];
  });
}

/** `router.all()` registers a route for each method that there is. */
function methodsOf({ methods }: RouterLayer): string[] {
  const usual = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].every((method) => methods.includes(method));
  if (usual || METHODS.every((method) => methods.includes(method))) return ['ALL'];
  return [...new Set(methods.map((method) => (method === 'HEAD' ? 'GET' : method)))];
}

function keyOf(method: string, path: string | RegExp): string {
  return typeof path === 'string' ? `${method} ${plain(path)}` : `${method}  ${path}`;
}

function plain(path: string): string {
  return `/${path}`.replaceAll(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
}
