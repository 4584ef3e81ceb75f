// Shows that another web site cannot do things here in the name of somebody who is signed in.
import { afterAll, expect, test } from 'vitest';
import { signedIn, startApp } from '../support.ts';

const app = await startApp();
const { headers } = await signedIn();
afterAll(() => app.stop());

async function send(method: string, more: Record<string, string>): Promise<number> {
  const request = { method, headers: { ...headers, ...more }, body: method === 'GET' ? null : '{}' };
  return (await fetch(`${app.url}/expenses`, request)).status;
}

test('something that changes data and brings a cookie must come from a page of this site', async () => {
  expect(await send('POST', { cookie: 'session=any', origin: 'https://evil.example' })).toBe(403);
  expect(await send('POST', { cookie: 'session=any', origin: 'null' })).toBe(403);
  expect(await send('POST', { cookie: 'session=any', origin: `${app.url}.evil.example` })).toBe(403);
  expect(await send('POST', { cookie: 'session=any' })).toBe(403);
  expect(await send('POST', { cookie: 'session=any', origin: app.url })).not.toBe(403);
});

test('programs that bring a token and no cookie need no page, and reading is not changing', async () => {
  expect(await send('POST', {})).not.toBe(403);
  expect(await send('GET', { cookie: 'session=any', origin: 'https://evil.example' })).toBe(200);
});
