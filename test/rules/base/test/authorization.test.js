import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { routesOf, testApp } from './support.js';

const publicRoutes = new Set(['get /livez', 'get /readyz']);

describe('a stranger is refused by every route that is not public', () => {
  const app = testApp();
  const routes = routesOf(app).filter(({ method, path }) => !publicRoutes.has(`${method} ${path}`));

  test('there are routes to be refused by', () => {
    expect(routes.length).toBeGreaterThan(0);
  });

  for (const { method, path } of routes) {
    test(`${method} ${path}`, async () => {
      const response = await request(app)[method](path.replaceAll(/:\w+/g, '1'));
      expect(response.status).toBe(401);
    });
  }
});
