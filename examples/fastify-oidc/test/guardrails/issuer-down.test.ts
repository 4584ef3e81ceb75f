// While the sign-in service cannot be reached nobody is let in, and the app says that it is not the caller's fault.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issuer } from '../identity-setup.ts';
import { signInAs } from '../identity.ts';
import { startApp } from '../support.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  app = await startApp();
  await issuer.stop();
});
afterAll(() => app.stop());

test('a token that cannot be checked is answered with 503, and a missing one with 401', async () => {
  const { headers } = await signInAs(app.url, 'admin');
  for (let round = 0; round < 2; round += 1) {
    const response = await fetch(`${app.url}/auth/me`, { headers });
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain(issuer.url);
  }
  expect((await fetch(`${app.url}/auth/me`)).status).toBe(401);
});
