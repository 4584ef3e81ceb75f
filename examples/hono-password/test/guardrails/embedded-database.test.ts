// Proves that in production the app does not start before somebody has said that its data is on a volume, and that it runs once.
import { beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
  vi.stubEnv('NODE_ENV', 'production');
  vi.stubEnv('DATABASE_FILE', 'data/never-opened.db');
});

const load = (): Promise<unknown> => import('../../src/guardrails/embedded-database.ts');

test('without the promise the start fails and says why', async () => {
  await expect(load()).rejects.toThrow(/exactly one running copy[\s\S]*persistent volume[\s\S]*EMBEDDED_DATABASE=/);
});

test('with the promise it starts', async () => {
  vi.stubEnv('EMBEDDED_DATABASE', 'one-replica-on-a-volume');
  await expect(load()).resolves.toBeDefined();
});

test('data in memory is never safe, whatever is promised', async () => {
  vi.stubEnv('EMBEDDED_DATABASE', 'one-replica-on-a-volume');
  vi.stubEnv('DATABASE_FILE', ':memory:');
  await expect(load()).rejects.toThrow(/persistent volume/);
});

test('on a laptop nobody is asked', async () => {
  vi.stubEnv('NODE_ENV', 'development');
  await expect(load()).resolves.toBeDefined();
});
