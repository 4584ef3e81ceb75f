// Shows that an expense claim belongs to the person who made it: nobody else can read, convert or list it, and only admins see totals.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedIn, startApp } from '../support.ts';

const app = await startApp();
const [anna, ben] = [await signedIn(), await signedIn()];
let id = '';

async function get(path: string, who: { headers: Record<string, string> }): Promise<Response> {
  return fetch(`${app.url}${path}`, { headers: who.headers });
}

beforeAll(async () => {
  const response = await fetch(`${app.url}/expenses`, {
    method: 'POST',
    headers: { ...anna.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ amount: 12.5, currency: 'EUR', description: 'Lunch' }),
  });
  ({ id } = (await response.json()) as { id: string });
});
afterAll(() => app.stop());

test('the claim belongs to whoever made it', async () => {
  const response = await get(`/expenses/${id}`, anna);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ id, owner: anna.userId });
});

test('for somebody else it does not exist, and cannot be told from one that never did', async () => {
  const [foreign, missing] = [await get(`/expenses/${id}`, ben), await get(`/expenses/${crypto.randomUUID()}`, ben)];
  expect(foreign.status).toBe(404);
  expect(missing.status).toBe(404);
  expect((await get(`/expenses/${id}/in/EUR`, ben)).status).toBe(404);
  expect((await get(`/expenses/${id}/in/EUR`, anna)).status).toBe(200);
});

test('the list shows only what is one’s own', async () => {
  expect(await (await get('/expenses', anna)).json()).toEqual([expect.objectContaining({ id })]);
  expect(await (await get('/expenses', ben)).json()).toEqual([]);
});

test('what everybody together has claimed is for admins, whatever the access table says', async () => {
  expect((await fetch(`${app.url}/reports/total`)).status).toBe(401);
  expect((await get('/reports/total', anna)).status).toBe(403);
  expect((await get('/reports/total', await signedIn('admin'))).status).toBe(200);
});
