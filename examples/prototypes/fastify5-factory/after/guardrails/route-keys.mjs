// Gives every route of the app the name under which the access table knows it, such as 'GET /expenses/:id'.

/** The names of a route that is being registered: one for each method, or `ALL`. */
export function keysOf({ method, url }, app) {
  return isForAll(method, app) ? [nameOf('ALL', url)] : [method].flat().map((one) => nameOf(one, url));
}

/** The name of the route that a request has matched. */
export function keyOf(request) {
  const { method = request.method, url = '' } = request.routeOptions;
  return nameOf(isForAll(method, request.server) ? 'ALL' : request.method, url);
}

function isForAll(method, { supportedMethods }) {
  return supportedMethods.every((each) => method.includes(each));
}

function nameOf(method, url) {
  return `${method === 'HEAD' ? 'GET' : method} ${url.replace(/(.)\/$/, '$1')}`;
}

/** Fastify answers an address that it cannot decode before any guard is asked; for us such an address does not exist. */
export function hideUndecodable(req) {
  try {
    decodeURI(req.url ?? '');
  } catch {
    req.url = '/not-decodable';
  }
}
