import { createApp } from '../src/app.js';

/** The app with a database in memory, and one user whose token is their name. */
export function testApp(rows = []) {
  return createApp({
    config: { TRUST_PROXY: 0 },
    database: { query: async () => ({ rows }) },
    readToken: async (token) => {
      if (token !== 'ana') throw new Error('unknown token');
      return { id: 'ana' };
    },
  });
}

/** Every route that is registered, with the prefix of its router. */
export function routesOf(app) {
  const found = [];
  const visit = (stack, prefix) => {
    for (const layer of stack) {
      if (layer.route) {
        const path = `${prefix}${layer.route.path}`;
        for (const method of Object.keys(layer.route.methods)) found.push({ method, path });
      } else if (layer.handle.stack) visit(layer.handle.stack, layer.match('/orders') ? '/orders' : prefix);
    }
  };
  visit(app.router.stack, '');
  return found;
}
