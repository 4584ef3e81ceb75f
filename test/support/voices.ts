import picocolors from 'picocolors';
import { checkRepository, type CheckOptions } from '../../src/flow/check.ts';
import type { Report } from '../../src/flow/report.ts';
import type { Telling } from '../../src/reporters/check/telling.ts';
import { defineRule, type Rule, type RuleFinding } from '../../src/rules/rule.ts';
import { repositoryOf } from './repository.ts';

/** The day of every check in the tests. */
export const today = new Date('2026-11-22T09:00:00Z');

/** A terminal of 80 columns without colours. */
export const plainLook = { colors: picocolors.createColors(false), width: 80 };

/** A rule that says what it is told to say. */
export function ruleSaying(
  id: Rule['id'],
  findings: readonly RuleFinding[] | Error,
  changed: Partial<Rule> = {},
): Rule {
  return defineRule({
    id,
    title: `The promise of ${id}.`,
    why: 'Because somebody gets hurt.',
    weight: 'high',
    stage: 'prototype',
    measured: true,
    finds: 'By looking.',
    blind: 'What is not there.',
    fix: 'Keep the promise.',
    references: ['CWE-0'],
    check: () => {
      if (findings instanceof Error) throw findings;
      return findings;
    },
    ...changed,
  });
}

/** A failure, with some of it changed. */
export function failure(changed: Partial<Extract<RuleFinding, { verdict: 'fail' }>> = {}): RuleFinding {
  return {
    verdict: 'fail',
    message: 'Anyone can do it.',
    where: { path: 'app.js', line: 3 },
    confidence: 'certain',
    remedy: 'Ask who it is.',
    ...changed,
  };
}

/** The report of rules on a few files. */
export function reportOf(
  rules: readonly Rule[],
  options: Partial<CheckOptions> = {},
  files: Readonly<Record<string, string>> = { 'app.js': 'one\ntwo\nthree\n' },
): Promise<Report> {
  return checkRepository(repositoryOf(files, { name: 'shop' }), {
    rules,
    stage: 'prototype',
    version: '1.2.3',
    today,
    ...options,
  });
}

/** How a report is told in the tests. */
export function tellingOf(rules: readonly Rule[], changed: Partial<Telling> = {}): Telling {
  return { rules, look: plainLook, all: false, prefix: '', ...changed };
}

/** A naked prototype as the rules see it: enough of everything for each voice to have something to say. */
export const nakedRules: readonly Rule[] = [
  ruleSaying(
    'auth/default-deny',
    ['GET /orders', 'GET /orders/:id', 'POST /orders', 'PUT /orders/:id', 'DELETE /orders/:id'].map((key, index) =>
      failure({
        message: `Anyone on the internet can call ${key} without signing in.`,
        where: { path: 'server.js', line: 12 + 6 * index },
        evidence: `app.${key.split(' ')[0]?.toLowerCase()}('${key.split(' ')[1]}', async (request, response) => {`,
        key,
        remedy: 'Put a function that refuses strangers before the first route.',
      }),
    ),
    {
      weight: 'blocker',
      title: 'Every route refuses strangers unless it is on a list of open ones.',
      why: 'Whoever finds the address can use what has no door.',
    },
  ),
  ruleSaying(
    'secrets/no-hardcoded',
    [
      failure({
        message: 'Whoever can read the code can spend your money at OpenAI: its key is written in it.',
        where: { path: 'server.js', line: 4, column: 17 },
        evidence: "const openai = new OpenAI({ apiKey: 'sk-…' });",
        key: 'a1b2',
        remedy: 'Revoke the key, and read a new one from the environment.',
      }),
    ],
    { weight: 'blocker', title: 'No password or key stands in the code.' },
  ),
  ruleSaying(
    'security/http-hardening',
    [
      failure({
        message: 'A browser is not told to refuse framing & <script> of others.',
        confidence: 'likely',
        where: { path: 'server.js', line: 8 },
        weight: 'medium',
      }),
    ],
    { stage: 'production' },
  ),
  ruleSaying(
    'security/cors-allowlist',
    [failure({ message: 'Every site may call it in the name of its visitors.', confidence: 'review' })],
    { measured: false },
  ),
  ruleSaying('security/input-validated', [
    {
      verdict: 'unknown',
      message: 'the handlers are made in a loop, which could not be followed',
      where: { path: 'routes.js', line: 2 },
    },
  ]),
  ruleSaying('tests/exist-and-assert', [
    failure({
      message: 'Nothing is tested: a change can break it and nobody notices.',
      where: { path: '.' },
      searched: ['test/', '*.test.*'],
      remedy: 'Write one test for each route.',
    }),
  ]),
  ruleSaying('ci/gate-on-pr', [
    failure({
      message: 'A change goes live without anything having looked at it.',
      where: { path: '.' },
      searched: ['.github/workflows'],
      remedy: 'Add a workflow that runs the tests.',
    }),
  ]),
  ruleSaying('ownership/owner-declared', [
    failure({ message: 'Nobody is named who answers for this code.', where: { path: '.' } }),
  ]),
  ruleSaying(
    'ownership/lifecycle-expiry',
    [failure({ message: 'Nothing says when this experiment ends.', where: { path: '.' } })],
    { weight: 'medium' },
  ),
  ruleSaying('deps/lockfile-frozen', [
    { verdict: 'pass', message: 'one lock file, and npm ci uses it', where: { path: 'package-lock.json' } },
  ]),
  ruleSaying('telemetry/structured-logs', [{ verdict: 'elsewhere', message: 'logs are JSON', by: 'pino' }]),
  ruleSaying('arch/stateless', [{ verdict: 'not-applicable', message: 'it keeps nothing' }]),
];
