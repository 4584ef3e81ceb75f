// A sign-in service that is there but does not hand out its keys lets nobody in either.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { issuer } from '../identity-setup.ts';
import { signInAs } from '../identity.ts';
import { startApp } from '../support.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.stop());

test.each([
  ['an error', new Response(null, { status: 500 })],
  ['no keys', Response.json({ nothing: true })],
])('%s instead of keys is answered with 503', async (_name, answer) => {
  const { headers } = await signInAs(app.url, 'admin');
  const realFetch = globalThis.fetch;
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { url } = new Request(input, init);
    return url === `${issuer.url}/keys` ? answer.clone() : realFetch(input, init);
  });
  expect((await fetch(`${app.url}/auth/me`, { headers })).status).toBe(503);
  spy.mockRestore();
});
