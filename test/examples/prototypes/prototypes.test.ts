import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withFakes } from '../../rules/fakes.ts';
import { filesOf, prototypeNames } from './folders.ts';
import { addAna, ask, comparable, openHalf, ownTestsPass, removeHalves, signIn, startHalf } from './halves.ts';
import { manners, type Ask } from './manners.ts';
import { retrofitted } from './retrofitted.ts';
import { startPrototype, stopAll, type Running } from './running.ts';

/** `npm run test:matrix` boots all of them; an ordinary test run those that show most. */
const usual = ['express4-meeting-notes', 'express5-socketio-chat', 'fastify5-factory'];
const booted = Object.entries(manners)
  .map(([name, each]) => ({ name, ...each }))
  .filter(({ name }) => process.env['SHIPSHAPE_MATRIX'] === 'full' || usual.includes(name));

afterAll(() => {
  stopAll();
  removeHalves();
});

test.each(prototypeNames())('examples/prototypes/%s/after is what retrofit makes today', async (name) => {
  const { files } = await retrofitted(name);
  const committed = filesOf(name, 'after', { asTracked: true });
  committed.delete('package-lock.json');
  const made = new Map([...files].filter(([path]) => path !== 'package-lock.json'));
  expect([...committed.keys()].toSorted(), 'run npm run examples').toEqual([...made.keys()].toSorted());
  for (const [path, bytes] of made)
    expect(committed.get(path)?.toString('latin1'), `${path}: run npm run examples`).toBe(bytes.toString('latin1'));
});

describe.each(booted)('$name', ({ name, script, closed, open, page, tests }) => {
  let before: Running;
  let after: Running;
  const folders = { before: '', after: '' };

  beforeAll(async () => {
    folders.before = await openHalf(name, 'before');
    folders.after = await openHalf(name, 'after');
    addAna(name, folders.after);
    [before, after] = await Promise.all([startHalf(folders.before, script), startHalf(folders.after, script)]);
  }, 240_000);

  test('a stranger is refused, but for what is open', async () => {
    for (const each of closed) expect([each[0], (await ask(after, each)).status]).toEqual([each[0], 401]);
    for (const each of open) expect(await answer(after, each)).toEqual(await answer(before, each));
  });

  test.runIf(page)('a browser is led to where one signs in', async () => {
    const answered = await ask(after, [`GET ${page}`], { accept: 'text/html,*/*' });
    expect([answered.status, answered.headers.get('location')]).toEqual([302, '/sign-in?next=%2F']);
  });

  test('who is signed in gets what everybody got before', async () => {
    const session = await signIn(after);
    for (const each of closed) expect(await answer(after, each, session)).toEqual(await answer(before, each));
  });

  test.runIf(tests)('its own tests pass as they did', { timeout: 60_000 }, () => {
    expect([ownTestsPass(folders.before), ownTestsPass(folders.after)]).toEqual([true, true]);
  });
});

test(
  'express4-meeting-notes: the page holds no key, and the server sends nothing but the page',
  { timeout: 120_000 },
  async () => {
    const name = 'express4-meeting-notes';
    const folder = await openHalf(name, 'after');
    addAna(name, folder);
    const app = await startHalf(folder, 'start');
    const session = await signIn(app);
    for (const path of [
      '/server.js',
      '/package.json',
      '/.env',
      '/guardrails/access.cjs',
      '/node_modules/express/index.js',
    ])
      expect([path, (await ask(app, [`GET ${path}`], session)).status]).toEqual([path, 404]);
    const page = await (await ask(app, ['GET /app.js'], session)).text();
    expect(page).not.toContain('sk-proj-');
    const [, address = ''] = /fetch\('(\/[^']*chat\/completions)'/.exec(page) ?? [];
    const question: Ask = [`POST ${address}`, { messages: [{ role: 'system', content: 'Give these notes a title.' }] }];
    expect((await ask(app, question)).status).toBe(401);
    const answered = await ask(app, question, session);
    expect([answered.status, await answered.text()]).toEqual([
      200,
      expect.stringContaining('Pricing: what we decided'),
    ]);
  },
);

test('express5-session-admin: its own sign-in stays the only one', { timeout: 120_000 }, async () => {
  const name = 'express5-session-admin';
  const app = await startHalf(await openHalf(name, 'after'), 'start');
  const stranger = await ask(app, ['GET /']);
  expect([stranger.status, stranger.headers.get('location')]).toEqual([302, '/login']);
  const body = new URLSearchParams({ login: 'admin', password: withFakes('{{password:admin}}') });
  const login = await fetch(`${app.url}/login`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { origin: app.url },
  });
  expect([login.status, login.headers.get('location')]).toEqual([302, '/']);
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect(await (await ask(app, ['GET /api/members'], { cookie })).json()).toEqual([{ login: 'admin', admin: true }]);
  const { plan } = await retrofitted(name);
  expect(plan.kept).toContainEqual(expect.objectContaining({ by: 'auth' }));
  expect([...filesOf(name, 'after').keys()].filter((path) => /sign-in-page|add-user/.test(path))).toEqual([]);
  expect(String(filesOf(name, 'after', { asTracked: true }).get('app.js'))).not.toContain('{{random:session}}');
});

test('cron-worker: runs as it did, and its token has left the code', { timeout: 120_000 }, async () => {
  for (const half of ['before', 'after'] as const) {
    const worker = await startPrototype(await openHalf('cron-worker', half), 'start', { ready: /reminder started/ });
    expect(worker.output()).toContain('Standup reminder started');
    await worker.stop();
  }
  expect(existsSync('examples/prototypes/cron-worker/after/.env')).toBe(false);
  expect(filesOf('cron-worker', 'after', { asTracked: true }).get('chat.js')?.toString()).not.toContain(
    '{{random:chat}}',
  );
});

async function answer(app: Running, each: Ask, headers: Record<string, string> = {}): Promise<unknown> {
  return comparable(each, await ask(app, each, headers));
}
