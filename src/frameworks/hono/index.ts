import { insertAfterLastLine, insertAfterOnlyLine } from '../anchor.ts';
import type { FrameworkAdapter } from '../framework.ts';

const adapter: FrameworkAdapter = {
  id: 'hono',
  title: 'Hono',
  dependency: 'hono',
  wireApp: (text, call) => insertAfterOnlyLine(text, /^\s*(?:const|let) app = new Hono\(.*\);$/, call),
  mountRoutes: (text, path, router) =>
    insertAfterLastLine(text, /^\s*app\.route\('\//, `app.route('${path}', ${router});`),
  routesIn: (text) =>
    [...text.matchAll(/\b\w+\.(get|post|put|patch|delete)\(\s*'([^']+)'/g)].map(
      ([, method = '', path = '']) => `${method.toUpperCase()} ${path}`,
    ),
};

export default adapter;
