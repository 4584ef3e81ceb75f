import { spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { accessFor, Browser } from './oidc-browser.ts';
import { others, startStub, type Manners, type Stub } from './oidc-stub.ts';
import { begin, signIn, whoIs } from './oidc-visit.ts';
import { ask, cleanUp, start, writePrototype, type Prototype, type Started } from './prototype.ts';

afterAll(cleanUp);

const authSecret = 'x'.repeat(32);
const prototype = writePrototype('refusals', 'express-5', 'mjs', accessFor('express-5'), { identity: 'oidc' });
let service: Stub;
let settings: Record<string, string>;
let app: Started;

beforeAll(async () => {
  service = await startStub();
  settings = { OIDC_ISSUER: service.url, OIDC_CLIENT_ID: 'this-app', AUTH_SECRET: authSecret };
  app = await start(prototype, usersNode, settings);
});
afterAll(async () => {
  await app.stop();
  await service.stop();
});
afterEach(() => {
  service.manners = {};
});

describe('what the service says', () => {
  test('who somebody is comes from the ID token, and what it leaves out from the page about them', async () => {
    const thin = await signIn(service, app);
    expect(await whoIs(thin.browser)).toEqual({ id: 'person-7', roles: [] });
    const userinfo = { sub: 'person-7', email: 'anna@example.com', roles: ['staff'] };
    service.manners = { userinfo };
    const other = await start(prototype, usersNode, settings);
    await begin(service, new Browser(other)); // it reads there that there is such a page
    const full = await signIn(service, other, { userinfo });
    expect(await whoIs(full.browser)).toEqual({ id: 'person-7', email: 'anna@example.com', roles: ['staff'] });
    const somebodyElse = await signIn(service, other, { userinfo: { ...userinfo, sub: 'another' } });
    expect(await whoIs(somebodyElse.browser)).toEqual({ id: 'person-7', roles: [] });
    await other.stop();
  });

  test('an e-mail address that is not verified is none', async () => {
    const { browser } = await signIn(service, app, { claims: { email: 'boss@example.com', email_verified: false } });
    expect(await whoIs(browser)).toEqual({ id: 'person-7', roles: [] });
  });

  test.each<[string, Manners]>([
    ['signed by somebody else', { key: others }],
    ['for another app', { claims: { aud: 'another' } }],
    ['of another service', { claims: { iss: 'https://another.example' } }],
    ['over', { claims: { exp: 1 } }],
    ['for another attempt', { claims: { nonce: 'another' } }],
    ['for nobody', { claims: { sub: undefined } }],
  ])('an ID token that is %s signs nobody in', async (_, manners) => {
    const { browser, answer } = await signIn(service, app, manners);
    expect(answer.status).toBe(503);
    expect([...browser.cookies.keys()]).toEqual([]);
  });

  test('a code counts with its own verifier only', async () => {
    const browser = new Browser(app);
    const back = await begin(service, browser);
    await begin(service, new Browser(app)); // now the service knows another challenge
    const state = new URLSearchParams(back.split('?')[1]).get('state');
    expect(state).not.toBe(service.begun?.get('state'));
    expect(await browser.open(back)).toMatchObject({ status: 400, body: expect.stringContaining('sign in again') });
  });

  test('a refusal is told, and nothing that somebody else could have written', async () => {
    const browser = new Browser(app);
    const back = await begin(service, browser, '/sign-in', {
      error: 'access_denied',
      error_description: '<b>Call 555</b>',
    });
    const answer = await browser.open(back.replace(/code=[^&]*&/, ''));
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('(access_denied)') });
    expect(answer.body).not.toContain('555');
  });

  test('that it does not know this app is in the log', async () => {
    const { answer } = await signIn(service, app, { refusal: { error: 'invalid_client' } });
    expect(answer.status).toBe(503);
    await expect.poll(app.output).toContain('"reason":"invalid_client"');
  });
});

describe('what a browser brings', () => {
  test('without a begun attempt, or with the state of another, nobody is signed in', async () => {
    const browser = new Browser(app);
    const back = await begin(service, browser);
    expect((await ask(app, `GET ${back}`)).status).toBe(400);
    const wrong = await browser.open(back.replace(/state=[^&]*/, 'state=another'));
    expect(wrong).toMatchObject({ status: 400, body: expect.stringContaining('Please sign in again') });
    expect([...browser.cookies.keys()]).toEqual(['guard-sign-in']);
    expect((await browser.open('/sign-in/callback?code=x')).status).toBe(400);
  });

  test('an attempt is over after its time, and counts once', async () => {
    const state = 'a-state';
    const late = sealedBy(prototype, 'sign-in', { state, nonce: 'n', verifier: 'v' }, -1);
    const browser = new Browser(app);
    browser.cookies.set('guard-sign-in', late);
    expect((await browser.open(`/sign-in/callback?code=x&state=${state}`)).status).toBe(400);
    const once = new Browser(app);
    const back = await begin(service, once);
    expect((await once.open(back)).status).toBe(303);
    expect(await once.open(back)).toMatchObject({ status: 303, headers: { location: '/' } });
    once.cookies.delete('guard-session');
    expect((await once.open(back)).status).toBe(400);
  });

  test('a session that was changed, is over, or was sealed for something else is none', async () => {
    const { browser } = await signIn(service, app);
    const good = browser.cookies.get('guard-session') ?? '';
    const person = { sub: 'person-7', roles: ['admin'] };
    expect(sealedBy(prototype, 'session', person, 60)).not.toBe('');
    const bad = [
      good.replace(/(?<=\.)\w(?=[\w-]+\.[\w-]+$)/, (one) => (one === 'A' ? 'B' : 'A')),
      good.slice(0, 40),
      'nonsense',
      '',
      sealedBy(prototype, 'session', person, -1),
      sealedBy(prototype, 'sign-in', person, 60),
      sealedBy(prototype, 'session', person, 60, { OIDC_CLIENT_ID: 'another-app' }),
      sealedBy(prototype, 'session', person, 60, { AUTH_SECRET: 'y'.repeat(32) }),
    ];
    for (const cookie of bad) {
      browser.cookies.set('guard-session', cookie);
      expect([cookie, await whoIs(browser)]).toEqual([cookie, 401]);
    }
    browser.cookies.set('guard-session', sealedBy(prototype, 'session', person, 60));
    expect(await whoIs(browser)).toEqual({ id: 'person-7', roles: ['admin'] });
  });

  test.each([
    ['//evil.example', '/'],
    ['/%09/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/%5Cevil.example', '/'],
    ['https://evil.example/x', '/'],
    ['/sign-in', '/'],
    ['/sign-out?x', '/'],
    [`/${'x'.repeat(2000)}`, '/'],
    ['/notes%3Fid=1', '/notes?id=1'],
  ])('next=%s leads to %s', async (next, location) => {
    const browser = new Browser(app);
    const back = await begin(service, browser, `/sign-in?next=${next}`);
    expect(await browser.open(back)).toMatchObject({ status: 303, headers: { location } });
  });
});

/** What the app itself would seal, by its own code. */
function sealedBy(
  { folder }: Prototype,
  purpose: string,
  content: object,
  seconds: number,
  other: Record<string, string> = {},
): string {
  const words = [JSON.stringify(purpose), JSON.stringify(content), String(seconds)].join(', ');
  const script = `import('./guardrails/sealed.mjs').then(({ seal }) => seal(${words})).then((text) => process.stdout.write(text))`;
  const env = { ...settings, ...other };
  return spawnSync(usersNode, ['-e', script], { cwd: folder, encoding: 'utf8', env }).stdout;
}
