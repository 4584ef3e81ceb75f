import { describe, expect, test } from 'vitest';
import { outcomeText } from '../../../src/reporters/retrofit/outcome-text.ts';
import { proofText } from '../../../src/reporters/retrofit/proof-text.ts';
import type { RouteProof } from '../../../src/retrofit/proof.ts';
import { failure, plainLook, reportOf, ruleSaying } from '../../support/voices.ts';
import { answers, outcomeOf, proof } from './outcomes.ts';
import { key, otherKey } from './plans.ts';

describe('the proof', () => {
  const told = proofText(proof, plainLook);

  test('claims what was seen, and no more', () => {
    expect(told).toContain('4 of 5 routes are proven to answer as before, 1 could not be proven.');
    expect(told).toContain('What is not proven does not count as the same');
  });

  test('shows for each route what it was, what a stranger gets and what the signed-in get', () => {
    expect(told).toMatch(/✓ GET \/orders {2,}200 json {2,}401 json {2,}200 json/);
    expect(told).toMatch(/✓ POST \/charge {2,}reached {2,}401 json {2,}reached/);
  });

  test('what is not proven comes first, with the reason', () => {
    expect(told).toContain('not proven: its answers differed between two runs before any change');
    expect(told.indexOf('GET /report')).toBeLessThan(told.indexOf('GET /orders'));
  });

  test('tells of the own tests and build, of the trace, of what was dropped and who was called', () => {
    expect(told).toContain('✓ npm test passes as before');
    expect(told).toContain('✓ npm run build fails as before: a type is missing');
    expect(told).toContain('a trace of a request arrived');
    expect(told).toContain('GET /widget was put into a frame');
    expect(told).toContain('api.openai.com:443, api.stripe.com:443');
    expect(told).toContain('installing 4.2 s');
  });

  test('a project that does not start today is said to be so, with its last words', () => {
    const before = { started: false, why: 'it needs a database', tail: 'one\nconnect ECONNREFUSED' } as const;
    const text = proofText({ ...proof, before, after: undefined, routes: [], own: [], span: undefined }, plainLook);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'It does not start today, so nothing could be compared: it needs a database.',
    );
    expect(text).toContain('connect ECONNREFUSED');
    expect(text).not.toContain('proven to answer');
  });

  test('what starts today and not with the change is said to be so', () => {
    const after = { started: false, why: 'AUTH_SECRET is missing', tail: '' } as const;
    expect(proofText({ ...proof, after, routes: [] }, plainLook).replaceAll(/\s+/g, ' ')).toContain(
      'did not start with the change: AUTH_SECRET is missing.',
    );
  });

  test.each([80, 60, 44])('fits %i columns, with long routes too', (width) => {
    const long: RouteProof = { ...proof.routes[0]!, key: `GET /${'a-long-way/'.repeat(5)}:id` };
    const text = proofText({ ...proof, routes: [...proof.routes, long] }, { ...plainLook, width });
    expect(text.split('\n').filter((line) => line.length > width && !line.includes('a-long-way'))).toEqual([]);
  });

  test('a hundred proven routes do not bury the one that is not', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ ...proof.routes[1]!, key: `GET /r${index}` }));
    const text = proofText({ ...proof, routes: [...many, proof.routes[4]!] }, plainLook);
    expect(text.split('\n').length).toBeLessThan(80);
    expect(text).toContain('and 60 more, all proven');
    expect(text).toContain('? GET /report');
  });
});

describe('the end', () => {
  test('says what is kept now and what is not', async () => {
    const text = outcomeText(await outcomeOf(), plainLook);
    expect(text).toContain('8 of 8 broken promises are kept now');
    expect(text).toMatch(/✓ auth\/default-deny {2,}5 places {2,}kept/);
    expect(text).toMatch(
      /✗ security\/input-validated {2,}not known {2,}1 place\n +What comes in is looked at before it is used/,
    );
  });

  test('a rule that cannot be told any more is not kept', async () => {
    const before = await reportOf([ruleSaying('arch/stateless', [failure()])]);
    const after = await reportOf([
      ruleSaying('arch/stateless', [{ verdict: 'unknown', message: 'could not be read' }]),
    ]);
    const text = outcomeText(await outcomeOf({ before, after }), plainLook);
    expect(text).toContain('0 of 1 broken promise is kept now');
    expect(text).toMatch(/\? arch\/stateless {2,}1 place {2,}cannot be told/);
  });

  test('says what was run, and says so when nothing was', async () => {
    expect(outcomeText(await outcomeOf(), plainLook)).toContain('Verified by running it');
    const unproven = outcomeText(await outcomeOf({ proof: undefined }), plainLook);
    expect(unproven).toContain('Not verified: nothing was run.');
    expect(unproven).not.toContain('Verified by running it');
  });

  test('tells what is left for a person, with the place and the lines', async () => {
    const text = outcomeText(await outcomeOf(), plainLook);
    expect(text).toContain('server.js:6');
    expect(text).toContain("      const stripe = require('stripe')(process.env.STRIPE_SECRET_KEY);");
    expect(text).toContain('Try by hand what could not be proven: GET /report.');
    expect(text).toContain('security was taken out of the plan');
  });

  test('ends with the next commands and how to take it back', async () => {
    const lines = outcomeText(await outcomeOf(), plainLook).split('\n');
    expect(lines.slice(-6)).toEqual([
      'Next',
      '  node guardrails/add-user.cjs you@example.com',
      '  npm start',
      '  npx create-shipshape check',
      '',
      'To take all of it back: npx create-shipshape undo',
    ]);
  });

  test('says when nobody is refused yet, and when packages wait', async () => {
    const text = outcomeText(
      await outcomeOf({ answers: { ...answers, authMode: 'report' }, installed: undefined }),
      plainLook,
    );
    expect(text).toContain('Nobody is refused yet');
    expect(text).toContain('1 package added and not installed');
  });

  test('fits 80 columns and shows no secret', async () => {
    const text = outcomeText(await outcomeOf(), plainLook);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    for (const secret of [key, otherKey]) expect(text).not.toContain(secret.slice(8, 20));
  });
});
