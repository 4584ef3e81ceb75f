import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { signedIn, startApp } from './support.ts';

let app: Awaited<ReturnType<typeof startApp>>;
let headers: Record<string, string>;

beforeAll(async () => {
  app = await startApp();
  ({ headers } = await signedIn());
});
afterEach(() => vi.unstubAllGlobals());
afterAll(() => app.stop());

interface Claimed {
  readonly id: string;
}

const lunch = { amount: 12.5, currency: 'EUR', description: 'Lunch with the auditors' };

async function get(path: string): Promise<Response> {
  return fetch(`${app.url}${path}`, { headers });
}

async function claim(body: unknown): Promise<Response> {
  return fetch(`${app.url}/expenses`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function descriptions(query: string): Promise<string[]> {
  const list = (await (await get(`/expenses?${query}`)).json()) as { description: string }[];
  return list.map(({ description }) => description);
}

/** Lets the app reach a rate service that answers like this, and everything else as usual. */
function stubRates(answer: () => Response): void {
  const realFetch = globalThis.fetch;
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) =>
    input.startsWith('https://rates.test/') ? answer() : realFetch(input, init),
  );
}

test('a claim is stored and can be read again', async () => {
  const created = await claim(lunch);
  expect(created.status).toBe(201);
  const { id } = (await created.json()) as Claimed;

  const found = await get(`/expenses/${id}`);
  expect(found.status).toBe(200);
  expect(await found.json()).toMatchObject({ id, ...lunch });
});

test.each([
  ['a negative amount', { ...lunch, amount: -1 }],
  ['an unknown currency', { ...lunch, currency: 'euro' }],
  ['a missing description', { amount: 1, currency: 'EUR' }],
  ['a field that is not asked for', { ...lunch, owner: 'somebody else' }],
  ['text that is not JSON', '{ "amount": '],
])('a claim with %s is refused', async (_what, body) => {
  expect((await claim(body)).status).toBe(400);
});

test('the list comes in pages, newest first', async () => {
  for (const description of ['first', 'second', 'third']) {
    await claim({ ...lunch, description });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }

  expect(await descriptions('limit=2')).toEqual(['third', 'second']);
  expect(await descriptions('limit=1&offset=2')).toEqual(['first']);
});

test.each(['limit=0', 'limit=101', 'limit=many', 'offset=-1', 'sort=amount'])(
  'a list of %s is refused',
  async (query) => {
    expect((await get(`/expenses?${query}`)).status).toBe(400);
  },
);

test('a claim that does not exist is not found, and an id that is none is refused', async () => {
  expect((await get('/expenses/3f0a7d5e-6f0b-4c58-9d55-0f5b1a3c9d10')).status).toBe(404);
  expect((await get('/expenses/1')).status).toBe(400);
});

test('a claim is converted at the rate of the day', async () => {
  stubRates(() => Response.json({ rates: { USD: 1.1 } }));
  const { id } = (await (await claim(lunch)).json()) as Claimed;

  const converted = await get(`/expenses/${id}/in/USD`);
  expect(converted.status).toBe(200);
  expect(await converted.json()).toEqual({ id, amount: 13.75, currency: 'USD', rate: 1.1 });
  expect((await get(`/expenses/${id}/in/EUR`)).status).toBe(200);
  expect((await get(`/expenses/${id}/in/dollars`)).status).toBe(400);
});

test('a rate service that fails is our failure, not an answer', async () => {
  stubRates(() => new Response('sorry', { status: 503 }));
  const { id } = (await (await claim(lunch)).json()) as Claimed;
  expect((await get(`/expenses/${id}/in/USD`)).status).toBe(500);
});
