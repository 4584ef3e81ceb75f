import { expect, test } from 'vitest';
import { choices } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import security from '../../../src/guardrails/security/index.ts';
import { callThroughGuard } from '../../../src/guardrails/security/outbound.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { projectFrom } from '../../support/project.ts';
import { brokenAfter } from '../../support/taken-out.ts';

test.each(choices.framework)('a new project is hardened: %s', (framework) => {
  const { files } = planCreate(answersWith({ framework }), inputs);
  const verdicts = security.inspect(projectFrom(files, { framework })).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(security.rules.map(() => 'pass'));
});

const hardening = 'security/http-hardening';
const cors = 'security/cors-allowlist';
const input = 'security/input-validated';
const outbound = 'security/outbound-allowlist';
const headers = 'src/guardrails/http-hardening.ts';

const taken: readonly [what: string, path: string, edit: (text: string) => string | undefined, rule: string][] = [
  ['guard(app)', 'src/app.ts', (text) => text.replace('  guard(app);', '  // guard(app);'), hardening],
  ['the headers', 'src/guardrails/index.ts', without(/httpHardening, /), hardening],
  ['the rate limit', 'src/guardrails/index.ts', without(/rateLimit, /), hardening],
  ['the error handler', 'src/guardrails/index.ts', without(/^ *onError\(app, toAnswer\);$/m), hardening],
  ['the content policy', headers, without(/^ *'Content-Security-Policy'.*$/m), hardening],
  ['nosniff', headers, without(/^ *'X-Content-Type-Options'.*$/m), hardening],
  ['https only', headers, without(/^.*Strict-Transport-Security.*$/m), hardening],
  ['the size limit', headers, without(/ \?\? limitBody\(req\)/), hardening],
  ['the count of bytes', 'src/guardrails/body-limit.ts', without(/^.*countBytes\(req\);$/m), hardening],
  ['429', 'src/guardrails/rate-limit.ts', without(/^ *return problem\(429.*$/m), hardening],
  ['the tests of headers', 'test/guardrails/http-hardening.test.ts', gone, hardening],
  ['the list of origins', headers, (text) => text.replace('origins.has(origin)', 'true'), cors],
  [
    'origins at all',
    headers,
    (text) => text.replace("'Access-Control-Allow-Origin', origin", "'Access-Control-Allow-Origin', '*'"),
    cors,
  ],
  ['the setting of origins', 'src/guardrails/settings.ts', without(/^ {2}CORS_ORIGINS:.*\n/m), cors],
  ['the tests of origins', 'test/guardrails/cors.test.ts', gone, cors],
  [
    'a schema',
    'src/routes/reports.ts',
    (text) => `${text}\napp.post('/', (context) => save(await context.req.json()));\n`,
    input,
  ],
  ['the list of services', 'src/services/rates.ts', (text) => text.replace('callOut(', 'fetch('), outbound],
  [
    'the look at the list',
    'src/guardrails/outbound.ts',
    (text) => text.replace('!declared.has(origin)', 'false'),
    outbound,
  ],
  ['the stop at redirects', 'src/guardrails/outbound.ts', without(/redirect: 'error', /), outbound],
  ['the test of services', 'test/guardrails/outbound.test.ts', gone, outbound],
];

test.each(taken)('without %s it fails', (_what, path, edit, rule) => {
  expect(brokenAfter(security, path, edit)).toContain(rule);
});

test('calls of other services go through the guard, once', () => {
  const edit = callThroughGuard('src/services/deep/rates.ts');
  const edited = edit(
    "import { z } from 'zod';\nexport const a = () => fetch(url);\nexport const b = source.fetch(names);\n",
  );
  expect(edited).toBe(
    "import { callOut } from '../../guardrails/outbound.ts';\nimport { z } from 'zod';\nexport const a = () => callOut(url);\nexport const b = source.fetch(names);\n",
  );
  expect(edit(edited as string)).toBe(false);
});

function without(pattern: RegExp): (text: string) => string {
  return (text) => text.replace(pattern, '');
}

function gone(): undefined {
  return undefined;
}
