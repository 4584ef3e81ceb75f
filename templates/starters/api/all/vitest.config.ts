import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: {
      DATABASE_FILE: ':memory:',
      RATES_URL: 'https://rates.test',
    },
  },
});
