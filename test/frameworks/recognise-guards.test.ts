import { describe, expect, test } from 'vitest';
import { placeText } from '../../src/repository/place.ts';
import { askedIn, serversIn } from './recognised.ts';

/** An Express app whose route `/x` has something before it. */
function guarded(
  before: string,
  { others = {} as Record<string, string>, handler = '(req, res) => res.json(all())' } = {},
) {
  const text = `import express from 'express'; import jwt from 'jsonwebtoken'; import session from 'express-session'; import passport from 'passport';
    const app = express(); ${before}
    app.get('/x', ${handler}); app.listen(1);`;
  const [told] = askedIn({ 'a.ts': text, ...others }).filter((route) => route.includes('/x '));
  return told?.split(' ')[2];
}

describe('a stranger is refused', () => {
  test.each([
    [
      'no header, 401',
      `app.use((req, res, next) => { const header = req.headers.authorization; if (!header) return res.status(401).json({}); next() });`,
    ],
    [
      'jwt.verify in try and catch',
      `app.use((req, res, next) => { try { req.user = jwt.verify(req.cookies.token, process.env.SECRET); next() } catch { res.sendStatus(403) } });`,
    ],
    [
      'jwt.verify with a callback',
      `app.use((req, res, next) => { jwt.verify(req.get('x-token'), key, (error, user) => { if (error) return res.sendStatus(403); req.user = user; next() }) });`,
    ],
    [
      'a session, redirected',
      `app.use((req, res, next) => { if (req.session && req.session.user) { next() } else { res.redirect('/login') } });`,
    ],
    [
      'isAuthenticated of passport',
      `const ensure = (req, res, next) => req.isAuthenticated() ? next() : res.redirect('/'); app.use(ensure);`,
    ],
    [
      'an error handed to next',
      `import createError from 'http-errors'; app.use((req, res, next) => next(req.user ? undefined : createError(401)));`,
    ],
    [
      'a class of errors',
      `class Unauthorized extends Error { statusCode = 401 } app.use(async (req, res, next) => { if (!req.session.userId) throw new Unauthorized('no'); next() });`,
    ],
    [
      'a factory with roles',
      `const requireRole = (...roles) => (req, res, next) => { if (!req.user || !roles.includes(req.user.role)) return res.status(403).end(); next() }; app.use(requireRole('admin'));`,
    ],
    [
      'a look-up by a credential',
      `app.use(async (req, res, next) => { const user = await User.findOne({ token: req.headers['x-api-key'] }); if (!user) return res.status(401).end(); req.user = user; next() });`,
    ],
    [
      'a look-up with a callback',
      `app.use((req, res, next) => { db.get('select * from s where id = ?', [req.cookies.sid], (error, row) => { if (error) return next(error); if (!row) return res.status(401).end(); next() }) });`,
    ],
    [
      'a key from the settings',
      `app.use((req, res, next) => { if (req.header('x-api-key') !== process.env.API_KEY) { return res.status(401).send('no') } next() });`,
    ],
    [
      'a helper that answers',
      `function check(req, res) { if (!req.session.user) { res.status(401).end(); return false } return true } app.use((req, res, next) => { if (!check(req, res)) return; next() });`,
    ],
    [
      'a helper that throws',
      `async function userOf(req) { if (!req.cookies.token) throw new Error('Not logged in'); return jwt.verify(req.cookies.token, key) } app.use(async (req, res, next) => { try { await userOf(req); next() } catch (e) { res.status(401).end() } });`,
    ],
    [
      'a page that says no',
      `app.use((req, res, next) => { if (!req.session.user) return res.send('<h1>Access denied</h1>'); next() });`,
    ],
    [
      'a user that an earlier step sets',
      `app.use((req, res, next) => { const token = req.cookies.t; if (token) req.user = jwt.verify(token, key); next() }); app.use((req, res, next) => { if (!req.user) return res.sendStatus(401); next() });`,
    ],
    [
      'passport by name of a strategy',
      `app.use(passport.initialize()); app.use(passport.authenticate('jwt', { session: false }));`,
    ],
    [
      'express-jwt',
      `import { expressjwt } from 'express-jwt'; app.use(expressjwt({ secret: 's', algorithms: ['HS256'] }).unless({ path: ['/login'] }));`,
    ],
    ['one path that covers it', `app.use('/x', (req, res, next) => req.user ? next() : res.sendStatus(401));`],
    [
      'all methods of every path',
      `app.all('*', (req, res, next) => { if (!req.user) return res.sendStatus(401); next() });`,
    ],
    [
      'a router that is mounted before',
      `const r = express.Router(); r.use((req, res, next) => { if (!req.user) return res.sendStatus(401); next() }); app.use(r);`,
    ],
    [
      'a list of public paths without it',
      `const open = ['/login', '/health']; app.use((req, res, next) => { if (open.includes(req.path)) return next(); if (!req.user) return res.sendStatus(401); next() });`,
    ],
    [
      'a session of better-auth',
      `import { auth } from './auth'; app.use(async (req, res, next) => { const session = await auth.api.getSession({ headers: req.headers }); if (!session) return res.status(401).end(); next() });`,
    ],
    [
      'an opt-out that nobody sets',
      `app.use((req, res, next) => { if (process.env.AUTH === 'off') return next(); if (!req.user) return res.sendStatus(401); next() });`,
    ],
    [
      'by a wrapped function',
      `const wrap = (f) => (req, res, next) => Promise.resolve(f(req, res, next)).catch(next); app.use(wrap(async (req, res, next) => { if (!req.user) return res.sendStatus(401); next() }));`,
    ],
    [
      'a switch over what was found',
      `app.use((req, res, next) => { const kind = typeof req.headers.authorization; switch (kind) { case 'string': return next(); default: return res.status(401).end() } });`,
    ],
    [
      'then and catch',
      `import { jwtVerify } from 'jose'; app.use((req, res, next) => { jwtVerify(req.cookies.t, key).then(({ payload }) => { req.user = payload; next() }).catch(() => res.status(401).end()) });`,
    ],
  ])('%s', (_, before) => {
    expect(
      guarded(before, {
        others: { 'auth.ts': `import { betterAuth } from 'better-auth'; export const auth = betterAuth({})` },
      }),
    ).toBe('refused');
  });

  test.each([
    [
      'a session',
      `(req, res) => { if (!req.session.user) return res.redirect('/login'); res.render('home', { all: all() }) }`,
    ],
    [
      'a nested condition',
      `async (req, res) => { try { const user = await getUser(req.cookies.id); if (user) { res.json(all()) } else { res.status(401).json({}) } } catch (e) { res.status(500).end() } }`,
    ],
    [
      'a wrapper of a package',
      `asyncHandler(async (req, res) => { if (!req.user) { res.status(401); throw new Error('Not authorized') } res.json(all()) })`,
    ],
    [
      'a secret in the address',
      `(req, res) => { if (req.query.secret !== process.env.CRON_SECRET) return res.status(403).end(); run(); res.end() }`,
    ],
  ])('by the handler itself: %s', (_, handler) => {
    expect(guarded(`import asyncHandler from 'express-async-handler';`, { handler })).toBe('refused');
  });
});

describe('a stranger comes through', () => {
  test.each([
    ['nothing', ''],
    [
      'what only sounds like a guard',
      `const requireAuth = (req, res, next) => { console.log('auth'); next() }; app.use(requireAuth); app.use(session({ secret: 's' })); app.use(passport.initialize()); app.use(passport.session());`,
    ],
    [
      'a guard that is never mounted',
      `function requireAuth(req, res, next) { if (!req.user) return res.sendStatus(401); next() }`,
    ],
    ['a guard of another path', `app.use('/admin', (req, res, next) => req.user ? next() : res.sendStatus(401));`],
    ['a guard of another route', `app.get('/y', (req, res, next) => req.user ? next() : res.sendStatus(401), h);`],
    ['a router called auth', `const auth = express.Router(); auth.post('/login', h); app.use('/auth', auth);`],
    [
      'a setting that is missing opens the door',
      `app.use((req, res, next) => { if (!process.env.API_TOKEN) return next(); if (req.headers.authorization !== process.env.API_TOKEN) return res.sendStatus(401); next() });`,
    ],
    [
      'only production asks',
      `app.use((req, res, next) => { if (process.env.NODE_ENV !== 'production') return next(); if (!req.user) return res.sendStatus(401); next() });`,
    ],
    [
      'the opposite of a guard',
      `app.use((req, res, next) => { if (req.isAuthenticated()) return res.redirect('/'); next() });`,
    ],
    [
      'an optional user',
      `app.use((req, res, next) => { try { req.user = jwt.verify(req.cookies.t, key) } catch {} next() });`,
    ],
    [
      'a redirect that is commented out',
      `app.use((req, res, next) => { if (!req.user) { /* return res.redirect('/login') */ } next() });`,
    ],
    [
      'a list of public paths with it',
      `app.use((req, res, next) => { if (req.path === '/x' || req.path.startsWith('/public')) return next(); if (!req.user) return res.sendStatus(401); next() });`,
    ],
    ['validation', `app.use((req, res, next) => { if (!req.query.page) return res.status(400).end(); next() });`],
    [
      'express-jwt that asks nothing',
      `import { expressjwt } from 'express-jwt'; app.use(expressjwt({ secret: 's', algorithms: ['HS256'], credentialsRequired: false }));`,
    ],
    [
      'express-jwt with an exception',
      `import { expressjwt } from 'express-jwt'; app.use(expressjwt({ secret: 's', algorithms: ['HS256'] }).unless({ path: ['/x'] }));`,
    ],
    [
      'limits, logs, parsers',
      `app.use(require('express-rate-limit')()); app.use(require('morgan')('tiny')); app.use(express.json()); app.use(require('some-request-logger')());`,
    ],
  ])('%s', (_, before) => {
    expect(guarded(before)).toBe('open');
  });

  test('a guard that comes after the route', () => {
    const text = `const app = require('express')(); app.get('/x', (req, res) => res.json(all())); app.use((req, res, next) => req.user ? next() : res.sendStatus(401)); app.get('/y', (req, res) => res.json(all()))`;
    expect(askedIn({ 'a.js': text })).toEqual(['GET /x open', 'GET /y refused']);
  });

  test.each([
    [
      'signing in',
      `async (req, res) => { const user = await User.findOne({ email: req.body.email }); if (!user || !(await bcrypt.compare(req.body.password, user.password))) return res.status(401).end(); req.session.user = user; res.end() }`,
    ],
    [
      'signing in as the only user',
      `(req, res) => { if (req.body.password !== 'letmein') return res.status(401).end(); req.session.admin = true; res.redirect('/') }`,
    ],
    [
      'signing in from a list',
      `(req, res) => { const user = users.find((u) => u.name === req.body.name && u.password === req.body.password); if (!user) return res.status(401).end(); res.json({ token: jwt.sign({}, 's') }) }`,
    ],
    ['who is there', `(req, res) => res.json({ user: req.session.user || null })`],
    [
      'what does not belong to anybody',
      `async (req, res) => { const post = await Post.findById(req.params.id); if (!post) return res.status(404).end(); res.json(post) }`,
    ],
  ])('%s', (_, handler) => {
    expect(guarded('const users = [];', { handler })).toBe('open');
  });
});

describe('it cannot be told', () => {
  test.each([
    ['a package that nobody knows', `import { protect } from '@acme/guard'; app.use(protect());`],
    [
      'a function of a package decides',
      `import { allowed } from '@acme/rules'; app.use(async (req, res, next) => { if (!(await allowed(req))) return res.status(403).end(); next() });`,
    ],
    ['a file that is not there', `import { guard } from './generated/guard'; app.use(guard);`],
  ])('%s', (_, before) => {
    expect(guarded(before)).toBe('unknown');
  });
});

test('the place that refuses is named', () => {
  const [server] = serversIn({
    'app.js': `import express from 'express';\nimport { requireUser } from './guard.js';\nconst app = express();\napp.use(requireUser('user'));\napp.get('/x', (q, s) => s.json(all()));`,
    'guard.js': `export function requireUser(role) {\n  return (req, res, next) => {\n    if (!req.user) return res.status(401).end();\n    next();\n  };\n}`,
  });
  const guard = server?.routes[0]?.guard;
  expect(guard?.state === 'refused' && placeText(guard.by)).toBe('guard.js:3');
});
