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

describe('a stranger is refused, however it is written', () => {
  test.each([
    [
      'a pattern over the header',
      `app.use(async (req, res, next) => { const [, token] = /^Bearer (\\S+)$/.exec(req.get('authorization') ?? '') ?? []; if (token === undefined) return res.status(401).end(); next() });`,
    ],
    [
      'a match of the header',
      `app.use((req, res, next) => { const match = (req.headers.authorization || '').match(/^Bearer (.+)$/); if (!match) return res.status(401).end(); next() });`,
    ],
    [
      'basic authentication by hand',
      `app.use((req, res, next) => { const [, encoded] = (req.headers.authorization || '').split(' '); const [name, password] = Buffer.from(encoded || '', 'base64').toString().split(':'); if (name && password && name === 'a' && password === 'b') return next(); res.set('WWW-Authenticate', 'Basic'); res.status(401).send('no') });`,
    ],
    [
      'a token of Supabase',
      `app.use(async (req, res, next) => { const token = req.headers.authorization?.replace('Bearer ', ''); const { data: { user }, error } = await supabase.auth.getUser(token); if (error || !user) return res.status(401).json({ error: 'Unauthorized' }); req.user = user; next() });`,
    ],
    [
      'Firebase',
      `app.use(async (req, res, next) => { const idToken = (req.headers.authorization ?? '').split('Bearer ')[1]; try { req.user = await admin.auth().verifyIdToken(idToken); next() } catch (error) { return res.status(403).send('no') } });`,
    ],
    [
      'Clerk',
      `import { getAuth } from '@clerk/express'; app.use((req, res, next) => { const { userId } = getAuth(req); if (!userId) return res.status(401).end(); next() });`,
    ],
    [
      'no question mark',
      `app.use((req, res, next) => { const token = req.headers.authorization.split(' ')[1]; req.user = jwt.verify(token, key); next() });`,
    ],
    [
      'a class with static errors',
      `class ApiError extends Error { constructor(status, message) { super(message); this.status = status } static unauthorized() { return new ApiError(401, 'x') } } app.use((req, res, next) => { try { const token = req.headers.authorization.split(' ')[1]; if (!token) return next(ApiError.unauthorized()); next() } catch (e) { return next(ApiError.unauthorized()) } });`,
    ],
    [
      'a class with a method',
      `class Auth { constructor(secret) { this.secret = secret } check = (req, res, next) => { if (!this.userOf(req)) return res.status(401).end(); next() }; userOf(req) { const { token } = req.cookies; if (!token) return null; return jwt.verify(token, this.secret) } } const auth = new Auth('s'); app.use(auth.check);`,
    ],
    [
      'a list of guards',
      `const guards = [(req, res, next) => next(), (req, res, next) => { if (!req.user) return res.sendStatus(401); next() }]; app.use(guards);`,
    ],
    [
      'a session, compared',
      `app.use((req, res, next) => { if (req.session.loggedIn !== true) { return res.redirect('/login') } return next() });`,
    ],
    [
      'a session in a store',
      `app.use(async (req, res, next) => { const sessions = new Map(); const id = req.cookies.sid; const session = sessions.get(id); if (!session) return res.status(401).end(); req.user = session.user; next() });`,
    ],
    [
      'express-session with passport',
      `app.use((req, res, next) => { if (!req.session?.passport?.user) return res.status(401).end(); next() });`,
    ],
    [
      'passport with a callback',
      `app.use((req, res, next) => { passport.authenticate('jwt', { session: false }, (error, user) => { if (!user) return res.status(401).end(); next() })(req, res, next) });`,
    ],
    [
      'the guard and the router in one call',
      `const r = express.Router(); const guard = (req, res, next) => { if (!req.user) return res.sendStatus(401); next() }; r.get('/x', (q, s) => s.json(all())); app.use('/', guard, r);`,
    ],
  ])('%s', (_, before) => {
    expect(guarded(before)).toBe('refused');
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

const codeOf = (text: string): string[] =>
  serversIn({ 'a.ts': `import express from 'express'; const app = express(); ${text} app.listen(1);` }).flatMap(
    ({ routes }) =>
      routes.flatMap(({ handlers }) =>
        handlers.slice(-1).map(({ module, node }) => module.text.slice(node.start ?? 0, node.end ?? 0)),
      ),
  );

describe('wrappers hand on what they are given', () => {
  test.each([
    [
      'of a package, by name',
      "import wrap from 'express-async-handler'; const add = wrap(async (req, res) => res.json(save(req.body))); app.post('/x', add);",
    ],
    [
      'of a package, in place',
      "import { tryIt } from 'some-wrapper'; app.post('/x', tryIt(async (req, res) => res.json(save(req.body))));",
    ],
    [
      'of the repository',
      "const wrap = (work) => (req, res, next) => Promise.resolve(work(req, res, next)).catch(next); app.post('/x', wrap(async (req, res) => res.json(save(req.body))));",
    ],
    [
      'with all arguments',
      "function wrap(work) { return async function (...all) { try { await work(...all) } catch (error) { all[2](error) } } } app.post('/x', wrap(async (req, res) => res.json(save(req.body))));",
    ],
    [
      'two of them',
      "import outer from 'express-async-handler'; const wrap = (work) => (req, res, next) => work(req, res, next); app.post('/x', outer(wrap(async (req, res) => res.json(save(req.body)))));",
    ],
  ])('%s', (_, text) => {
    expect(codeOf(text)).toEqual(['async (req, res) => res.json(save(req.body))']);
  });

  test('what a wrapper that sounds like a guard does is not known', () => {
    expect(guarded('', { handler: "(await import('some-auth')).withUser((req, res) => res.json(all()))" })).toBe(
      'unknown',
    );
  });

  test('a function that only its own code calls is no handler', () => {
    const [code] = codeOf(
      "const routes = (save) => app.post('/x', (req, res) => res.json(save(1))); routes((value) => value);",
    );
    expect(code).toBe('(req, res) => res.json(save(1))');
  });
});

describe('code that leads nowhere', () => {
  test.each([
    ['an empty handler', '', '(req, res) => {}', 'unknown'],
    ['middleware that never goes on', 'app.use(function (req, res, next) { count += 1 });', undefined, 'unknown'],
    ['empty middleware', 'app.use((req, res, next) => {});', undefined, 'unknown'],
    ['middleware that hands its request on', 'app.use((req) => inner.handle(req));', undefined, 'open'],
    ['middleware that goes on later', 'app.use((req, res, next) => { setTimeout(next, 10) });', undefined, 'open'],
    [
      'nothing but an error',
      "import createError from 'http-errors';",
      '(req, res, next) => next(createError(404))',
      'open',
    ],
  ])('%s', (_, before, handler, state) => {
    expect(guarded(before, handler === undefined ? {} : { handler })).toBe(state);
  });
});

describe('middleware is known by what it does', () => {
  test.each(['koa-morgan', 'express-morgan', 'fastify-compress', 'my-winston-express', '@koa/multer'])(
    '%s lets pass',
    (name) => {
      expect(guarded(`import known from '${name}'; app.use(known('tiny'));`)).toBe('open');
    },
  );

  test('a stranger name says nothing', () => {
    expect(guarded("import known from 'koa-gatekeeper'; app.use(known());")).toBe('unknown');
  });

  test('a password in the request that is compared with one that is kept', () => {
    const before =
      'app.use(async (req, res, next) => { const known = await db.find(req.body.name); if (known.password !== req.body.password) return next(new Error("no")); next() });';
    expect(guarded(before)).toBe('unknown');
  });
});

const whyOf = (handler: string): string | undefined => {
  const [server] = serversIn({
    'a.ts': `import express from 'express'; const app = express(); app.get('/x', ${handler}); app.listen(1);`,
  });
  const guard = server?.routes[0]?.guard;
  return guard?.state === 'open' ? guard.why : undefined;
};

describe('a route is a dead end only where its code has one way', () => {
  test.each([
    ['(req, res, next) => { log.error("none"); next(new Error("none")); }', true],
    ['(req, res) => { res.status(501).json({ error: "later" }); }', true],
    [
      'async (req, res) => { try { const { list } = req.body; if (!list.length) throw new Error("empty"); res.json(await ask(list)); } catch (error) { res.status(500).end(); } }',
      false,
    ],
    ['(req, res) => answerTo(req, res)', false],
  ])('%s', (handler, isDeadEnd) => {
    expect(whyOf(handler) === 'it answers everybody with an error').toBe(isDeadEnd);
  });
});
