import { expect, test } from 'vitest';
import { checkRepository } from '../../src/flow/check.ts';
import configBoundary from '../../src/rules/secrets/config-boundary.ts';
import envNotTracked from '../../src/rules/secrets/env-not-tracked.ts';
import noHardcoded from '../../src/rules/secrets/no-hardcoded.ts';
import { repositoryOf } from '../support/repository.ts';
import { letters, madeUp } from './made-up.ts';

const rules = [configBoundary, envNotTracked, noHardcoded];
const program = { 'src/main.js': 'export const start = () => 1;\n' };
const password = `${letters('danger', 9)}7!`;

async function sentencesOf(files: Readonly<Record<string, string>>, asked = rules): Promise<readonly string[]> {
  const report = await checkRepository(repositoryOf(files), { rules: asked, stage: 'prototype', version: '1.0.0' });
  return report.conclusion.sentences;
}

test.each([
  ['OpenAI key', 'spend your money at OpenAI'],
  ['Stripe live key', 'use your account at Stripe, with payments and customers'],
  ['npm token', 'publish packages in your name'],
  ['DigitalOcean token', 'use your account at DigitalOcean'],
  ['Supabase service role', 'read and change the database'],
  ['private key', 'pass for the owner of this private key'],
])('%s: anyone can %s', async (kind, ability) => {
  expect(await sentencesOf({ 'a.js': `export const it = \`${madeUp[kind]}\`;` })).toEqual([
    `Anyone who can read this repository can ${ability}.`,
  ]);
});

test.each([
  [`import session from 'express-session';\nexport default session({ secret: 'umbrella' });`, 'sign in as anybody'],
  [`import jwt from 'jsonwebtoken';\nexport const t = (u) => jwt.sign({ u }, 'umbrella');`, 'sign in as anybody'],
  [`export const DB_PASSWORD = '${password}';`, 'read and change the database'],
  [`export const ENCRYPTION_KEY = '${password}';`, 'read what this program encrypts'],
  [`export const hmacSecret = '${password}';`, 'make up messages and signatures that this program trusts'],
  [`export const account = { user: 'root', password: '${password}' };`, 'sign in with this password'],
])('%j: anyone can %s', async (text, ability) => {
  expect(await sentencesOf({ 'src/a.js': text }, [noHardcoded])).toEqual([
    `Anyone who can read this repository can ${ability}.`,
  ]);
});

test('one mistake takes one sentence, whichever rules see it', async () => {
  const fallback = { 'src/a.js': `export const secret = process.env.JWT_SECRET || 'umbrella';` };
  const inGit = { ...program, '.env': `DB_PASSWORD=${password}` };
  expect(await sentencesOf(fallback)).toEqual([
    'Where JWT_SECRET is not set, anyone who can read this repository can sign in as anybody.',
  ]);
  expect(await sentencesOf(inGit)).toEqual(['Anyone who can read this repository can read and change the database.']);
});

test('it takes one also where the other rule is not asked', async () => {
  expect(await sentencesOf({ ...program, '.env': `DB_PASSWORD=${password}` }, [envNotTracked])).toEqual([
    'Everybody who has this repository has the secrets in .env: DB_PASSWORD.',
  ]);
});

test('what it is called is told once', async () => {
  const { findings } = await checkRepository(
    repositoryOf({ 'src/a.js': `export const account = { user: 'root', pass: '${password}' };` }),
    { rules: [noHardcoded], stage: 'prototype', version: '1.0.0' },
  );
  expect(findings.map(({ message }) => message)).toEqual([
    'Anyone who can read this repository can sign in with this password.',
  ]);
});
