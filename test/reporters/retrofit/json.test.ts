import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { outcomeJson } from '../../../src/reporters/retrofit/outcome-json.ts';
import { planJson } from '../../../src/reporters/retrofit/plan-json.ts';
import { violations, type Schema } from '../../support/json-schema.ts';
import { outcomeOf, proof } from './outcomes.ts';
import { key, otherKey, shopPlan } from './plans.ts';

const schema = JSON.parse(readFileSync('schema/retrofit.v1.json', 'utf8')) as Schema;
const questions = [{ flag: '--auth', question: 'How do people prove who they are?', answer: 'password' }];

interface Told {
  readonly changes: readonly Readonly<Record<string, unknown>>[];
  readonly left: readonly { readonly lines: readonly string[] }[];
  readonly rules: readonly Readonly<Record<string, unknown>>[];
  readonly proof?: { readonly routes: readonly unknown[] };
  readonly [name: string]: unknown;
}

describe('a plan', () => {
  const told = JSON.parse(planJson({ plan: shopPlan(), questions })) as Told;

  test('is as its schema says', () => {
    expect(violations(told, schema)).toEqual([]);
    expect(violations({ ...told, extra: 1 }, schema)).toEqual(['$.extra is not in the schema']);
    expect(violations({ ...told, changes: [{ path: 'a' }] }, schema).length).toBeGreaterThan(2);
  });

  test('names every change with who makes it and why', () => {
    const edit = told.changes.find(({ path, by }) => path === 'server.js' && by === 'secrets');
    expect(edit).toMatchObject({ kind: 'edit', why: 'the key of OpenAI is read from the environment' });
    expect(edit?.['diff']).toContain('+const openai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });');
    expect(told.changes.find(({ path }) => path === 'guardrails/gate.cjs')).toMatchObject({ kind: 'create', lines: 2 });
  });

  test('of a file of secrets only names are told', () => {
    const settings = told.changes.find(({ path }) => path === '.env');
    expect(settings).toMatchObject({ secret: true, sets: ['OPENAI_API_KEY', 'AUTH_MODE'] });
    expect(settings).not.toHaveProperty('diff');
  });

  test('tells what it costs, what is left, what is kept, and what was asked', () => {
    expect(told).toMatchObject({
      code: 'planned',
      packages: ['jose'],
      budget: { packages: 1, megabytes: 2 },
      kept: [{ by: 'ci', what: 'the pipeline stays with CircleCI', where: { path: '.circleci/config.yml' } }],
      questions,
    });
    expect(told.left[0]?.lines).toEqual(["const stripe = require('stripe')(process.env.STRIPE_SECRET_KEY);"]);
  });
});

describe('an outcome', () => {
  test('is as its schema says, with a proof and without', async () => {
    const notStarted = {
      ...proof,
      before: { started: false, why: 'no database', tail: 'a\nb' },
      after: undefined,
    } as const;
    for (const changed of [{}, { proof: undefined }, { proof: notStarted, installed: undefined, commits: undefined }]) {
      const told: unknown = JSON.parse(outcomeJson(await outcomeOf(changed)));
      expect(violations(told, schema)).toEqual([]);
    }
  });

  test('tells what became of each rule and each route, and what is left', async () => {
    const told = JSON.parse(outcomeJson(await outcomeOf())) as Told;
    expect(told.code).toBe('retrofitted');
    expect(told.rules).toContainEqual(
      expect.objectContaining({ rule: 'auth/default-deny', before: 5, after: 0, turn: 'kept' }),
    );
    expect(told.proof?.routes).toHaveLength(5);
    expect(told['open']).toContainEqual(expect.objectContaining({ where: 'server.js:6' }));
    expect(told['next']).toHaveLength(3);
    expect(told['undo']).toBe('npx create-shipshape undo');
  });

  test('holds no secret', async () => {
    const text = outcomeJson(await outcomeOf());
    for (const secret of [key, otherKey]) expect(text).not.toContain(secret.slice(8, 20));
  });
});
