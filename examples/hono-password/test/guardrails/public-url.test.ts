// Invitations never lead people over a line that others can read.
import { expect, test, vi } from 'vitest';
import { config } from '../../src/guardrails/config.ts';

test('production does not start while PUBLIC_URL has no https', async () => {
  const production = Object.create(config, {
    NODE_ENV: { value: 'production' },
    PUBLIC_URL: { value: 'http://app.example.com' },
  }) as typeof config;
  vi.doMock('../../src/guardrails/config.ts', async (original) => ({ ...(await original()), config: production }));
  await expect(import('../../src/guardrails/invitations.ts')).rejects.toThrow('PUBLIC_URL');
});
