import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/workbench/**'],
    globalSetup: ['test/support/build.ts'],
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/test-results.json' }]],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
