import { expect, test } from 'vitest';
import { byDanger, harmOf } from '../../../src/rules/auth/open-route.ts';
import type { Method } from '../../../src/frameworks/server.ts';

const routeOf = (name: string): { method: Method; path: string } => {
  const [method = '', path = ''] = name.split(' ');
  return { method: method as Method, path };
};

test.each([
  ['POST /item/delete', 'delete any item'],
  ['POST /items/remove/:id', 'delete any item'],
  ['GET /notes/delete/:id', 'delete any note'],
  ['POST /todos/create', 'add todos'],
  ['POST /todos/update', 'change todos'],
  ['POST /todo/edit', 'change any todo'],
  ['DELETE /orders/:id', 'delete any order'],
  ['GET /orders', 'read all orders'],
  ['GET /todos/getAll', 'read all todos'],
  ['GET /orders/:id', 'read any order'],
  ['POST /orders', 'add orders'],
  ['PUT /orders/:id', 'change any order'],
  ['POST /upload', 'upload what they like'],
  ['POST /chat-file', 'send what they like to chat file'],
  ['POST /delete-user', 'delete user'],
  ['GET /item/add', 'read item'],
  ['GET /api/get-notes', 'read all notes'],
  ['POST /api/get-message', 'read message'],
  ['PATCH /change-password', 'change password'],
  ['POST /todos/:id/toggle', 'toggle any todo'],
  ['GET /users/:id([0-9]+)', 'read any user'],
  ['GET /status', 'read status'],
  ['ALL *', 'use everything that it serves'],
  ['GET /*', 'use everything that it serves'],
  ['ALL /api/*', 'use everything below /api'],
  ['GET /', 'use GET /'],
])('%s: they can %s', (name, harm) => {
  expect(harmOf(routeOf(name))).toBe(harm);
});

test('the most dangerous comes first', () => {
  const routes = ['GET /', 'GET /users/:id', 'POST /users', 'GET /users', 'POST /item/delete', 'PUT /users/:id'];
  const ordered = routes.map(routeOf).toSorted(byDanger);
  expect(ordered.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /item/delete',
    'GET /users',
    'PUT /users/:id',
    'POST /users',
    'GET /users/:id',
    'GET /',
  ]);
});
