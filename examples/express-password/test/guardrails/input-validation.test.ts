// Sends rubbish to every route that this app has: it must be refused in plain words, never break the app, and leak nothing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRoutes } from '../../src/guardrails/framework.ts';
import { signedIn, startApp } from '../support.ts';

const rubbish: Readonly<Record<string, string>> = {
  'malformed JSON': '{bad',
  'an empty object': '{}',
  'a list': '[]',
  null: 'null',
  'fields that nobody asked for': '{"__probe":1,"role":"admin","owner":"somebody-else"}',
  'a prototype in disguise': '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
};

let app: Awaited<ReturnType<typeof startApp>>;
let headers: Record<string, string>;

beforeAll(async () => {
  app = await startApp();
  ({ headers } = await signedIn('admin'));
});
afterAll(() => app.stop());

test.each(Object.entries(rubbish))('%s', async (_kind, body) => {
  for (const [method, path] of places(/^(?:POST|PUT|PATCH) /)) await sendRubbish(method, path, body);
});

test('addresses and queries that no client of ours would send', async () => {
  for (const [method, path] of places(/^(?:GET|DELETE) /))
    await sendRubbish(method, `${path}?limit=-1&offset=x&limit=2`);
});

async function sendRubbish(method: string, path: string, body?: string): Promise<void> {
  const init = body === undefined ? { method } : { method, body };
  const response = await fetch(app.url + path, {
    ...init,
    headers: { ...headers, 'content-type': 'application/json' },
  });
  const text = await response.text();
  expect(response.status, `${method} ${path} ${body}: ${text}`).toBeLessThan(500);
  expect(text, `${method} ${path} ${body}`).not.toMatch(/\bat .+:\d+:\d+|node_modules|\/src\/|SQLITE|SELECT /);
}

/** Method and address of the registered routes of some methods, with a strange value in place of each parameter. */
function places(methods: RegExp): [method: string, path: string][] {
  const keys = listRoutes(app.app).filter((key) => methods.test(key) && !key.endsWith('/auth/sign-out'));
  return keys.map((key) => key.replace(/:\w+/g, '%27%3B--').split(' ') as [string, string]);
}
