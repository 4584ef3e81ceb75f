// Gives every route of the app the name under which the access table knows it, such as 'GET /expenses/:id'.

/** Routes first, then what `use` has put on the way to a folder. */
export function keysOf(routes) {
  const keys = [...new Set(routes.map(keyOf))];
  return [...keys.filter((key) => !key.startsWith('USE ')), ...keys.filter((key) => key.startsWith('USE '))];
}

/** A handler for all methods that can hand on to the next one counts as `use`. */
export function keyOf({ method, path, handler }) {
  const place = path.replace(/(.)\/$/, '$1');
  if (method === 'ALL' && handler.length > 1) return `USE ${place.replace(/\/?\*?$/, '') || '/'}`;
  return `${method === 'HEAD' ? 'GET' : method} ${place}`;
}
