import { describe, expect, test } from 'vitest';
import type { Setting } from '../../../src/flow/project.ts';
import { readFromConfig } from '../../../src/guardrails/secrets/environment-reads.ts';

const settings: Setting[] = [
  { name: 'PORT', kind: 'setting', code: 'z.coerce.number().default(3000)', about: 'the port' },
  { name: 'RATES_URL', kind: 'setting', code: "z.url().default('https://rates.test/v1')", about: 'rates' },
  { name: 'API_KEY', kind: 'secret', code: 'z.string()', about: 'a key' },
];
const edit = readFromConfig('src/main.ts', settings);

describe('simple reads become config', () => {
  test.each([
    ['Number(process.env.PORT ?? 3000)', 'config.PORT'],
    ['Number(process.env.PORT || 3000)', 'config.PORT'],
    ["Number(process.env['PORT'] ?? '3000')", 'config.PORT'],
    ["parseInt(process.env.PORT ?? '3000', 10)", 'config.PORT'],
    ["process.env.RATES_URL ?? 'https://rates.test/v1'", 'config.RATES_URL'],
    ['listen(Number(process.env.PORT ?? 3000), url)', 'listen(config.PORT, url)'],
  ])('%s', (before, after) => {
    expect(edit(`const value = ${before};\n`)).toBe(
      `import { config } from './guardrails/config.ts';\nconst value = ${after};\n`,
    );
  });
});

describe('everything else is left alone', () => {
  test.each([
    'const port = Number(process.env.PORT ?? 8080);',
    'const port = process.env.PORT;',
    "const key = process.env.API_KEY ?? 'guessed';",
    'const other = Number(process.env.OTHER ?? 3000);',
    '// Number(process.env.PORT ?? 3000)',
    'const { PORT } = process.env;',
    'const port = Number(\n  process.env.PORT ?? 3000);',
  ])('%s', (text) => expect(edit(text)).toBe(false));
});

test('a second edit changes nothing', () => {
  const once = edit('const port = Number(process.env.PORT ?? 3000);\n');
  expect(edit(once || '')).toBe(false);
});

test('the import joins the others in their style, and every other byte stays', () => {
  const text =
    '// A comment\r\nimport { a } from "./a.ts"\r\nimport {\r\n  b,\r\n} from "./b.ts"\r\n\r\nconst port = Number(process.env.PORT ?? 3000)\r\n';
  expect(readFromConfig('src/services/deep/main.ts', settings)(text)).toBe(
    text
      .replace('"./b.ts"\r\n', '"./b.ts"\r\nimport { config } from "../../guardrails/config.ts"\r\n')
      .replace('Number(process.env.PORT ?? 3000)', 'config.PORT'),
  );
});
