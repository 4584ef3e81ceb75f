import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { handoverPage } from '../../../src/reporters/retrofit/handover-page.ts';
import { callersInWords, callersOf } from '../../../src/reporters/retrofit/handover/callers.ts';
import type { RouteProof } from '../../../src/retrofit/proof.ts';
import { reportOf, ruleSaying } from '../../support/voices.ts';
import { answers, outcomeOf, proof } from './outcomes.ts';
import { key, otherKey, planOf, shop, shopPlan } from './plans.ts';

const evil = `<img src=x onerror=alert(1)>"'\`&`;

/** What a reader sees, without the marks. */
function textOf(page: string): string {
  return page
    .replace(/<style>[^]*<\/style>/, '')
    .replaceAll('<wbr>', '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/\s+/g, ' ');
}

/** A route that was tried. */
function tried(address: string, stranger: string): RouteProof {
  return { ...proof.routes[1]!, key: address, before: '200 text/css', stranger };
}

describe('the page for those who approve', () => {
  test('answers first, and says no while a key has to be changed', async () => {
    const text = textOf(handoverPage(await outcomeOf()));
    expect(text).toContain('May this go live? Not yet. 2 keys that stood in the code have to be changed.');
    expect(text).toContain('4 of 5 routes are proven to answer as before');
  });

  test('says yes where nothing stands in the way', async () => {
    const { before } = await outcomeOf();
    const after = await reportOf([ruleSaying('auth/default-deny', [{ verdict: 'pass', message: 'kept' }])]);
    const text = textOf(handoverPage(await outcomeOf({ keys: [], before, after })));
    expect(text).toContain('As a prototype, yes.');
  });

  test('does not say yes while strangers are only logged', async () => {
    const after = await reportOf([ruleSaying('auth/default-deny', [{ verdict: 'pass', message: 'kept' }])]);
    const page = handoverPage(await outcomeOf({ keys: [], after, answers: { ...answers, authMode: 'report' } }));
    expect(textOf(page)).toContain('Not yet. Strangers are not refused yet, only logged.');
  });

  test('tells which keys to change, where to click and where they stood', async () => {
    const page = handoverPage(await outcomeOf());
    expect(page).toContain('href="https://platform.openai.com/api-keys"');
    expect(textOf(page)).toContain('Stripe secret key sk_…');
    for (const secret of [key, otherKey]) expect(page).not.toContain(secret.slice(8, 20));
  });

  test('shows for each route who may call it and what was seen', async () => {
    const text = textOf(handoverPage(await outcomeOf()));
    expect(text).toContain('GET / anybody: the page that everybody sees first 200 html 200 html not asked proven');
    expect(text).toContain('GET /orders whoever is signed in 200 json 401 json 200 json proven');
    expect(text).toContain('POST /charge whoever is admin or sales reached 401 json reached proven');
    expect(text).toContain('not proven its answers differed between two runs before any change');
  });

  test('without a proof it says that nothing was run, and still who may call what', async () => {
    const text = textOf(handoverPage(await outcomeOf({ proof: undefined })));
    expect(text).toContain('Nothing was run, so that is not known.');
    expect(text).toContain('GET / anybody: the page that everybody sees first');
    expect(text).not.toContain('proven to answer');
  });

  test('says who answers for it and until when', async () => {
    const text = textOf(handoverPage(await outcomeOf()));
    expect(text).toContain('Owner @ana Second owner @ben On call +49 30 1234567 Data personal data Ends on 2027-01-21');
  });

  test('says what the company has to supply for its sign-in', async () => {
    const text = textOf(handoverPage(await outcomeOf({ answers: { ...answers, auth: 'oidc' } })));
    for (const name of ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_AUDIENCE', 'OIDC_ROLES_CLAIM'])
      expect(text).toContain(name);
    expect(text).toContain('/sign-in/callback');
  });

  test('says how people are added where there are passwords', async () => {
    const plan = planOf(shop, (by) => {
      by('auth').create('guardrails/add-user.cjs', '// Adds somebody.\n', { why: 'adds people' });
    });
    const text = textOf(handoverPage(await outcomeOf({ plan })));
    expect(text).toContain('node guardrails/add-user.cjs name@example.com [role ...]');
  });

  test('a sign-in of the project stays, and nothing is asked for', async () => {
    const plan = planOf(shop, (by) => by('auth').keep('sign-in stays with passport'));
    const text = textOf(handoverPage(await outcomeOf({ plan })));
    expect(text).toContain('It has a sign-in of its own, which stays: sign-in stays with passport.');
    expect(text).not.toContain('AUTH_SECRET');
  });

  test('names settings, packages, what is left and how to take it back', async () => {
    const text = textOf(handoverPage(await outcomeOf()));
    expect(text).toContain('OPENAI_API_KEY the key of OpenAI yes');
    expect(text).toContain('jose With what it brings along: 1 package');
    expect(text).toContain("const stripe = require('stripe')(process.env.STRIPE_SECRET_KEY);");
    expect(text).toContain('npx create-shipshape undo gives every file its bytes back');
  });
});

test('an address that no line of the table names is told by its folder, or by what was seen', async () => {
  const access = new Map([
    ['USE /', "open('pages')"],
    ['USE /files', "'user'"],
  ]);
  expect(callersOf(tried('GET /files/a.css', '401'), access)).toBe('whoever is signed in');
  expect(callersOf(tried('GET /a.css', '200 text/css'), access)).toBe('anybody: pages');
  expect(callersOf(tried('GET /a.css', '302 to /sign-in'), new Map())).toBe('whoever is signed in');
  expect(callersOf(tried('GET /a.css', '200 text/css'), new Map())).toBe('anybody');
});

describe('as a page', () => {
  test('loads nothing, runs nothing, and its one style is allowed by its hash', async () => {
    const page = handoverPage(await outcomeOf());
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`style-src &#39;sha256-${hash}&#39;`);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/<script|<img|<link|<iframe|<form|\sstyle=|\son\w+=|src=|@import|url\(/);
  });

  test('has landmarks, a name for each section, and a head for each column', async () => {
    const page = handoverPage(await outcomeOf());
    for (const mark of ['<html lang="en">', '<header', '<main', '<footer', '<h1>']) expect(page).toContain(mark);
    const named = [...page.matchAll(/aria-labelledby="([^"]+)"/g)].map(([, id]) => id);
    for (const id of named) expect(page).toContain(`id="${id}"`);
    expect(page.match(/<table/g)?.length).toBe(page.match(/<thead/g)?.length);
    expect(page).not.toMatch(/<th>|<th class/);
  });

  test('shows nothing that only programs say', async () => {
    for (const changed of [{}, { proof: undefined, keys: [], commits: undefined, installed: undefined }])
      expect(textOf(handoverPage(await outcomeOf(changed)))).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test('whatever a project says of itself stays text', async () => {
    const plan = shopPlan();
    const page = handoverPage(
      await outcomeOf({
        project: evil,
        plan: {
          ...plan,
          left: [{ by: 'auth', where: { path: evil }, why: evil, lines: [evil] }],
          kept: [{ by: 'ci', what: evil }],
          settings: [{ name: evil, about: evil, secret: true }],
        },
        answers: { ...answers, owner: evil, onCall: evil, access: new Map([[`GET /${evil}`, `open('${evil}')`]]) },
        proof: {
          ...proof,
          routes: [{ ...proof.routes[4]!, key: `GET /${evil}`, why: evil, before: evil }],
          dropped: [{ by: 'auth', why: evil }],
          refusedCalls: [evil],
          own: [{ ...proof.own[0]!, command: evil, why: evil }],
        },
        undo: evil,
      }),
    );
    expect(page).not.toContain('<img');
    expect(textOf(page)).toContain('<img src=x onerror=alert(1)>');
  });
});

test.each([
  ["'user'", 'whoever is signed in'],
  ["open('it\\'s for all')", "anybody: it's for all"],
  ["open('its own check stands at auth.js:3')", 'whom the project lets in: its own check stands at auth.js:3'],
  ["anyOf('admin', 'sales')", 'whoever is admin or sales'],
  ["allOf('admin', 'sales')", 'whoever is admin and sales'],
  [undefined, 'nobody, unless a list says so'],
  ['whenever(it, fits)', 'whenever(it, fits)'],
])('the rule %s is %s', (rule, words) => {
  expect(callersInWords(rule)).toBe(words);
});
