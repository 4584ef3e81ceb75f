import { describe, expect, test } from 'vitest';
import { compareRepositories } from '../../src/flow/compare.ts';
import type { ReportedFinding } from '../../src/flow/report.ts';
import { rules } from '../../src/rules/registry.ts';
import { repositoryOf } from '../support/repository.ts';
import { today } from '../support/voices.ts';

type Files = Readonly<Record<string, string>>;

const server = `const express = require('express');
const helmet = require('helmet');
const rateLimit = require('express-rate-limit');
const { requireUser } = require('./require-user');
const app = express();
app.use(helmet());
app.use(rateLimit({ windowMs: 60_000, max: 100 }));
app.use(express.json({ limit: '100kb' }));
app.get('/orders', requireUser, (request, response) => response.json([]));
app.delete('/orders/:id', requireUser, (request, response) => response.end());
app.listen(3000);
`;
const before: Files = {
  'package.json': JSON.stringify({
    name: 'shop',
    scripts: { test: 'vitest run', lint: 'eslint .' },
    dependencies: { express: '^5.0.0', helmet: '^8.0.0', 'express-rate-limit': '^8.0.0' },
  }),
  'server.js': server,
  'require-user.js': `exports.requireUser = (request, response, next) => {
  if (!request.session.user) return response.status(401).end();
  next();
};
`,
  '.github/CODEOWNERS': '* @acme/shop @ben\n/.github/ @acme/platform\n',
  '.github/workflows/ci.yml': `on: pull_request
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - run: npm ci
      - run: npm run lint
      - run: npm test
`,
  'db/001.sql': 'create table orders (id int);\nalter table orders enable row level security;\n',
  'src/guardrails/access.ts': `import { anyOf, open } from './access-rules.ts';
export const access = {
  'GET /livez': open('asked for by whatever runs the app'),
  'GET /orders': 'user',
  'GET /reports': anyOf('admin'),
} as const;
`,
  'shipshape.json': '{ "waivers": [] }',
};

interface Change {
  readonly title: string;
  readonly control: string;
  readonly says: string;
  readonly change: Files;
}

const swap = (path: string, from: string, to: string): Files => {
  const text = before[path] ?? '';
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  return { [path]: text.replace(from, to) };
};

const changes: readonly Change[] = [
  {
    title: 'a route that lost its guard',
    control: 'guard',
    says: 'GET /orders',
    change: swap('server.js', "'/orders', requireUser,", "'/orders',"),
  },
  {
    title: 'a guard that no longer refuses',
    control: 'guard',
    says: 'DELETE /orders/:id',
    change: swap('require-user.js', '  if (!request.session.user) return response.status(401).end();\n', ''),
  },
  {
    title: 'a user route that is open now',
    control: 'access',
    says: 'GET /orders',
    change: swap('src/guardrails/access.ts', "'GET /orders': 'user'", "'GET /orders': open('faster')"),
  },
  {
    title: 'a new open route',
    control: 'access',
    says: 'POST /orders',
    change: swap('src/guardrails/access.ts', "'GET /orders'", "'POST /orders': open('for now'),\n  'GET /orders'"),
  },
  {
    title: 'a role that is no longer asked for',
    control: 'access',
    says: 'GET /reports',
    change: swap('src/guardrails/access.ts', "anyOf('admin')", "'user'"),
  },
  {
    title: 'headers taken out',
    control: 'headers',
    says: 'helmet was taken out',
    change: swap('server.js', 'app.use(helmet());\n', ''),
  },
  {
    title: 'a limiter that is defined and not mounted',
    control: 'limiter',
    says: 'express-rate-limit',
    change: swap(
      'server.js',
      'app.use(rateLimit({ windowMs: 60_000, max: 100 }));',
      'const limiter = rateLimit({ windowMs: 60_000, max: 100 });',
    ),
  },
  {
    title: 'more requests',
    control: 'limit',
    says: 'max was 100, and is 100000',
    change: swap('server.js', 'max: 100', 'max: 100000'),
  },
  { title: 'a shorter window', control: 'limit', says: 'windowMs', change: swap('server.js', '60_000', '1000') },
  { title: 'a larger body', control: 'limit', says: "'50mb'", change: swap('server.js', "'100kb'", "'50mb'") },
  {
    title: 'a test step that is gone',
    control: 'pipeline',
    says: 'The tests',
    change: swap('.github/workflows/ci.yml', '      - run: npm test\n', ''),
  },
  {
    title: 'a lint step whose failure does not count',
    control: 'pipeline',
    says: 'does not count any more',
    change: swap('.github/workflows/ci.yml', 'npm run lint', 'npm run lint || true'),
  },
  {
    title: 'an owner line that is gone',
    control: 'owners',
    says: '/.github/',
    change: swap('.github/CODEOWNERS', '/.github/ @acme/platform\n', ''),
  },
  {
    title: 'row level security that is switched off',
    control: 'policy',
    says: 'orders',
    change: { 'db/002.sql': 'ALTER TABLE orders\n  DISABLE ROW LEVEL SECURITY;\n' },
  },
  {
    title: 'row level security that is never switched on',
    control: 'policy',
    says: 'orders',
    change: swap('db/001.sql', 'alter table orders enable row level security;\n', ''),
  },
  {
    title: 'a waived rule',
    control: 'waiver',
    says: 'pilot',
    change: {
      'shipshape.json': JSON.stringify({
        waivers: [{ rule: 'auth/default-deny', place: '*', reason: 'pilot', owner: '@ana', until: '2027-01-01' }],
      }),
    },
  },
];

const harmless: readonly { readonly title: string; readonly change: Files }[] = [
  { title: 'nothing', change: {} },
  {
    title: 'a guard with another name',
    change: {
      'server.js': server.replaceAll('requireUser', 'signedIn'),
      'require-user.js': (before['require-user.js'] ?? '').replace('requireUser', 'signedIn'),
    },
  },
  {
    title: 'stricter limits',
    change: {
      'server.js': server.replace('max: 100', 'max: 10').replace('100kb', '10kb').replace('60_000', '600_000'),
    },
  },
  {
    title: 'another kind of limiter',
    change: { 'server.js': server.replace("require('express-rate-limit')", "require('express-slow-down')") },
  },
  {
    title: 'the same steps in one line',
    change: {
      '.github/workflows/ci.yml': (before['.github/workflows/ci.yml'] ?? '').replace(
        '      - run: npm run lint\n      - run: npm test\n',
        '      - run: npm run lint && npm test\n',
      ),
    },
  },
  {
    title: 'stricter access',
    change: swap('src/guardrails/access.ts', "'GET /orders': 'user'", "'GET /orders': anyOf('admin')"),
  },
  { title: 'owners that changed', change: swap('.github/CODEOWNERS', '@acme/platform', '@acme/security') },
  {
    title: 'a new table with its policy',
    change: {
      'db/002.sql':
        'alter table bills enable row level security;\ncreate policy own on bills using (owner = auth.uid());\n',
    },
  },
];

describe('a safeguard that a change takes away is told', () => {
  test.each(changes)('$title', async ({ control, says, change }) => {
    const removed = await removedBy(change);
    const told = removed.filter((finding) => finding.control === control);
    expect(told.map(({ message }) => message)).toEqual([expect.stringContaining(says)]);
  });
});

describe('nothing is told of', () => {
  test.each(harmless)('$title', async ({ change }) => {
    expect((await removedBy(change)).map(({ message }) => message)).toEqual([]);
  });
});

test('a lost guard blocks, a waiver asks for a look', async () => {
  const [guard] = await removedBy(changes[0]?.change ?? {});
  const [waiver] = await removedBy(changes.at(-1)?.change ?? {});
  expect([guard?.blocks, guard?.weight]).toEqual([true, 'blocker']);
  expect([waiver?.blocks, waiver?.confidence]).toEqual([false, 'review']);
});

async function removedBy(change: Files): Promise<readonly ReportedFinding[]> {
  const report = await compareRepositories(repositoryOf(before), repositoryOf({ ...before, ...change }), {
    rules: rules.filter(({ compare }) => compare === undefined),
    stage: 'prototype',
    version: '1.2.3',
    today,
    since: 'main',
  });
  return report.findings.filter(({ control }) => control !== undefined);
}
