import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';
import { planText } from '../../../src/reporters/retrofit/plan-text.ts';
import { plainLook } from '../../support/voices.ts';
import { planOf, shop, shopPlan } from './plans.ts';

const told = planText(shopPlan(), plainLook);

test('says first how much is touched and what it costs', () => {
  const [head = ''] = told.split('─');
  expect(head).toContain('3 of your files change, 8 files come new (20 lines).');
  expect(head).toContain('jose');
  expect(head).toContain('about 2 MB on disk');
  expect(head).toContain('Nothing has been changed yet.');
  expect(head).toMatch(/secrets +2 of your files, 1 new file/);
});

test('every guardrail has its promise, and every change its reason', () => {
  expect(told).toContain('Nobody gets in without being known');
  expect(told).toContain('every request passes the guards, before the first route');
  expect(told).toContain('access.cjs: who may call what: the list that you edit');
});

test('an edit shows the line that goes and the line that comes, with their place and what stands around', () => {
  expect(told).toMatch(
    / 5 - const openai = new OpenAI\(\{ apiKey: 'sk-…' \}\);\n +\+ const openai = new OpenAI\(\{ apiKey: process\.env\.OPENAI_API_KEY/,
  );
  expect(told).toMatch(/ 4 {3}const app = express\(\);/);
  expect(told).not.toContain('listening');
});

test('new files are counted by folder, and what stands in them is not told', () => {
  expect(told).toContain('+ guardrails/  5 new files, 15 lines');
  expect(told).not.toContain('three');
});

test('what is left comes with lines that can be pasted as they are', () => {
  expect(told).toContain('server.js:6');
  expect(told.split('\n')).toContain("    const stripe = require('stripe')(process.env.STRIPE_SECRET_KEY);");
});

test('what is kept is said', () => {
  expect(told).toContain('the pipeline stays with CircleCI (.circleci/config.yml)');
});

test('a plan without changes says so, and still tells what is kept', () => {
  const plan = planOf(shop, (by) => by('auth').keep('sign-in stays with passport'));
  expect(planText(plan, plainLook)).toContain('nothing has to change');
  expect(planText(plan, plainLook)).toContain('sign-in stays with passport');
});

test('edits of one guardrail to one file are told once', () => {
  const plan = planOf({ 'a.js': 'one\n' }, (by) => {
    by('logs').edit('a.js', 'one\ntwo\n', { why: 'the first reason' });
    by('logs').edit('a.js', 'one\ntwo\nthree\n', { why: 'the second reason' });
  });
  const text = planText(plan, plainLook);
  expect(text.match(/~ a\.js/g)).toHaveLength(1);
  expect(text).toContain('the first reason');
  expect(text).toContain('the second reason');
});

test('what is done and undone again is not told', () => {
  const plan = planOf({ 'a.js': 'one\n' }, (by) => {
    by('logs').edit('a.js', 'two\n', { why: 'there' });
    by('logs').edit('a.js', 'one\n', { why: 'and back' });
  });
  expect(planText(plan, plainLook)).toContain('nothing has to change');
});

describe('on a screen', () => {
  test.each([80, 60, 40])('of %i columns only lines to paste are longer', (width) => {
    const lines = planText(shopPlan(), { ...plainLook, width }).split('\n');
    expect(lines.filter((line) => line.length > width && !line.includes('STRIPE_SECRET_KEY'))).toEqual([]);
  });

  test('a long line goes on below itself, and one without an end is cut', () => {
    const plan = planOf({ 'a.js': 'one\n' }, (by) =>
      by('logs').edit('a.js', `one\n${'a'.repeat(100)}\n${'b'.repeat(9000)}\n`, { why: 'more' }),
    );
    const text = planText(plan, plainLook);
    expect(text.match(/a/g)?.length).toBeGreaterThanOrEqual(100);
    expect(text.match(/b/g)?.length).toBeLessThan(300);
    expect(text).toContain('b…');
  });

  test('the rest of a very long change is counted', () => {
    const long = Array.from({ length: 300 }, (_, index) => `line ${index}`).join('\n');
    const plan = planOf({ 'a.js': 'one\n' }, (by) => by('logs').edit('a.js', long, { why: 'more' }));
    expect(planText(plan, plainLook)).toMatch(/and 24\d more lines of this file/);
  });

  test('escape sequences in a file and in its name drive nothing', () => {
    const plan = planOf({ 'a\u001b[2J.js': 'one\n' }, (by) =>
      by('logs').edit('a\u001b[2J.js', 'one\n\u001b]0;title\u0007\n', { why: 'x\u001b[31m' }),
    );
    // oxlint-disable-next-line no-control-regex
    expect(planText(plan, plainLook)).not.toMatch(/[\u0007\u001b]/);
  });

  test('colours are there where they are wanted', () => {
    // oxlint-disable-next-line no-control-regex
    expect(planText(shopPlan(), { colors: picocolors.createColors(true), width: 80 })).toMatch(/\u001b\[32m/);
  });
});

test('line ends of Windows and tabs do not show', () => {
  const plan = planOf({ 'a.js': 'one\r\n\ttwo\r\n' }, (by) =>
    by('logs').edit('a.js', 'one\r\n\ttwo\r\nthree\r\n', { why: 'a line more' }),
  );
  expect(planText(plan, plainLook)).toContain('\n     2       two\n       + three');
});
