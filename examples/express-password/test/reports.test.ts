import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedIn, startApp } from './support.ts';

let app: Awaited<ReturnType<typeof startApp>>;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('the report adds up the claims of everybody by currency', async () => {
  const [somebody, admin] = [await signedIn(), await signedIn('admin')];
  for (const [amount, currency] of [
    [10.1, 'EUR'],
    [20.2, 'EUR'],
    [5, 'USD'],
  ]) {
    await fetch(`${app.url}/expenses`, {
      method: 'POST',
      headers: { ...somebody.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ amount, currency, description: 'Taxi' }),
    });
  }

  const report = await fetch(`${app.url}/reports/total`, { headers: admin.headers });
  expect(report.status).toBe(200);
  expect(await report.json()).toEqual([
    { currency: 'EUR', amount: 30.3, claims: 2 },
    { currency: 'USD', amount: 5, claims: 1 },
  ]);
});
