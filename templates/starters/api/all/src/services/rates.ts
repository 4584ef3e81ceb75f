import { z } from 'zod';

const ratesUrl = process.env.RATES_URL ?? 'https://api.frankfurter.dev/v1';

const latestRates = z.object({ rates: z.record(z.string(), z.number().positive()) });

/** What one unit of a currency is worth in another. Throws when the rate service does not answer within two seconds. */
export async function rateBetween(from: string, to: string): Promise<number> {
  if (from === to) return 1;
  const latest = `${ratesUrl}/latest?base=${from}&symbols=${to}`;
  const response = await fetch(latest, { signal: AbortSignal.timeout(2000) });
  if (!response.ok) throw new Error(`the rate service answered ${response.status}`);
  const rate = latestRates.parse(await response.json()).rates[to];
  if (rate === undefined) throw new Error(`the rate service knows no rate from ${from} to ${to}`);
  return rate;
}
