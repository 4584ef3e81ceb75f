import { insertAfterLastLine, insertAfterOnlyLine } from '../anchor.ts';
import type { FrameworkAdapter } from '../framework.ts';

const adapter: FrameworkAdapter = {
  id: 'fastify',
  title: 'Fastify',
  dependency: 'fastify',
  wireApp: (text, call) => insertAfterOnlyLine(text, /^\s*(?:const|let) app = Fastify\(.*\);$/, call),
  mountRoutes: (text, path, router) =>
    insertAfterLastLine(
      text,
      /^\s*(?:void |await )?app\.register\(\w+, \{ prefix: '\//,
      `app.register(${router}, { prefix: '${path}' });`,
    ),
  routesIn: (text) =>
    [...text.matchAll(/\b\w+\.(get|post|put|patch|delete)\(\s*'([^']+)'/g)].map(
      ([, method = '', path = '']) => `${method.toUpperCase()} ${path}`,
    ),
};

export default adapter;
