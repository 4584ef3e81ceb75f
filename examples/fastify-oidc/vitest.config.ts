import { defineConfig } from 'vitest/config';

// What is compiled once stays compiled: for the next test file, for programs that tests start, and for the next run.
process.env['NODE_COMPILE_CACHE'] ??= 'node_modules/.cache/node';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: [
      'test/guardrails/fresh-start.ts',
      'test/guardrails/record-routes.ts',
      'test/identity-setup.ts',
      'test/quiet-log.ts',
      'test/setup-env.ts',
    ],
    env: {
      RATE_LIMIT: '100000',
      DATABASE_FILE: ':memory:',
      RATES_URL: 'https://rates.test',
    },
    pool: 'threads',
    isolate: false,
    sequence: { setupFiles: 'list' },
    maxWorkers: '100%',
    testTimeout: 30_000,
    passWithNoTests: false,
    allowOnly: false,
    reporters: ['default', './test/guardrails/route-coverage.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary'],
      thresholds: {
        lines: 85,
        statements: 85,
        functions: 85,
        branches: 80,
      },
    },
  },
});
