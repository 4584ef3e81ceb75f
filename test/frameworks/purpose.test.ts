import { expect, test } from 'vitest';
import { purposeOf } from '../../src/frameworks/purpose.ts';
import { serversOf } from '../../src/frameworks/servers.ts';
import { repositoryOf } from '../support/repository.ts';

test.each([
  [
    'a sign-in',
    `app.post('/login', async (req, res) => { const u = await User.findOne({ name: req.body.name }); if (!(await bcrypt.compare(req.body.password, u.hash))) return res.sendStatus(401); res.json({ token: sign(u) }) })`,
    'sign-in shown',
  ],
  [
    'a sign-in in another function',
    `app.post('/api/auth', signIn); async function signIn(req, res) { res.json(await check(req.body)) } async function check(body) { return bcrypt.compare(body.password, '') }`,
    'sign-in shown',
  ],
  ['what is only called login', `app.post('/login', (req, res) => res.json(everything()))`, 'sign-in by name'],
  [
    'an account',
    `app.post('/register', async (req, res) => { await User.create({ hash: await bcrypt.hash(req.body.password, 10) }); res.end() })`,
    'sign-up shown',
  ],
  [
    'an account among users',
    `app.post('/api/users', async (req, res) => { await User.create({ hash: await bcrypt.hash(req.body.password, 10) }); res.end() })`,
    'sign-up by name',
  ],
  ['health', `app.get('/healthz', (req, res) => res.json({ ok: true, up: process.uptime() }))`, 'health shown'],
  ['a page', `app.get('/', (req, res) => res.render('index', { title: 'Hi' }))`, 'page shown'],
  [
    'a single page app',
    `app.get('*', (req, res) => res.sendFile(path.join(__dirname, 'dist', 'index.html')))`,
    'page shown',
  ],
  [
    'a page with data',
    `app.get('/', async (req, res) => res.render('index', { all: await db.query('select * from orders') }))`,
    undefined,
  ],
  ['a fixed answer', `app.get('/', (req, res) => res.send('Hello'))`, 'same-for-all shown'],
  ['an answer from a variable', `const secrets = []; app.get('/', (req, res) => res.json(secrets))`, undefined],
  ['who am I', `app.get('/api/me', (req, res) => res.json({ user: req.session.user ?? null }))`, 'who-am-i by name'],
  [
    'a signed webhook',
    `app.post('/webhook', (req, res) => { const event = stripe.webhooks.constructEvent(req.body, req.query.s, 'x'); pay(event); res.end() })`,
    'webhook shown',
  ],
  ['an unsigned webhook', `app.post('/webhook', (req, res) => { pay(req.body); res.end() })`, 'webhook by name'],
  ['documents', `app.get('/openapi.json', (req, res) => res.json(document))`, 'documentation by name'],
  ['a file for the web', `app.get('/robots.txt', (req, res) => res.send(robots()))`, 'well-known shown'],
  ['the sign-in of a library', `app.all('/api/auth/*', (req, res) => auth.handler(req, res))`, 'sign-in shown'],
  [
    'what asks a library who is there',
    `app.get('/x', async (req, res) => { const session = await getServerSession(authOptions); res.json(await all(session)) })`,
    undefined,
  ],
  ['data', `app.get('/orders', async (req, res) => res.json(await db.all()))`, undefined],
  [
    'an order is confirmed',
    `app.post('/orders/:id/confirm', async (req, res) => { await db.confirm(req.params.id, req.body.code); res.end() })`,
    undefined,
  ],
])('%s', (_, text, expected) => {
  const repository = repositoryOf({ 'a.js': `const app = require('express')(); ${text}; app.listen(1)` });
  const route = serversOf(repository)[0]?.routes[0];
  const purpose = route && purposeOf(repository, route);
  expect(purpose && `${purpose.kind} ${purpose.shown ? 'shown' : 'by name'}`).toBe(expected);
});
