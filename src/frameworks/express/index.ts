import { insertAfterLastLine, insertAfterOnlyLine } from '../anchor.ts';
import type { FrameworkAdapter } from '../framework.ts';

const adapter: FrameworkAdapter = {
  id: 'express',
  title: 'Express',
  dependency: 'express',
  wireApp: (text, call) => insertAfterOnlyLine(text, /^\s*(?:const|let) app = express\(\);$/, call),
  mountRoutes: (text, path, router) =>
    insertAfterLastLine(text, /^\s*app\.use\('\/[\w-]+', \w+\);/, `app.use('${path}', ${router});`),
  routesIn: (text) =>
    [...text.matchAll(/\b\w+\.(get|post|put|patch|delete)\(\s*'([^']+)'/g)].map(
      ([, method = '', path = '']) => `${method.toUpperCase()} ${path}`,
    ),
};

export default adapter;
