// All that the app says goes through its log: `console` would write lines without time, request and trace, secrets included.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('no code of the app writes to the console', () => {
  const writers = globSync('src/**/*.{ts,js,mts,cts,mjs,cjs}').filter((path) =>
    /\bconsole\s*[.[]/.test(readFileSync(path, 'utf8').replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '')),
  );
  expect(writers).toEqual([]);
});
