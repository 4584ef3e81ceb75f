import { expect, test } from 'vitest';
import rule from '../../../src/rules/telemetry/structured-logs.ts';
import { repositoryOf } from '../../support/repository.ts';

/** What the rule says of an app: the first words of each failure, or the verdict. */
async function tellings(packages: readonly string[], files: Readonly<Record<string, string>>): Promise<string[]> {
  const dependencies = Object.fromEntries(packages.map((name) => [name, '*']));
  const manifest = JSON.stringify({ name: 'sample', scripts: { start: 'node server.js' }, dependencies });
  const findings = await rule.check(repositoryOf({ 'package.json': manifest, ...files }), { today: new Date() });
  return findings.map(({ verdict, message }) => (verdict === 'fail' ? message : verdict));
}

const build = (made: string): string =>
  `const Fastify = require('fastify');
   module.exports = function build(options = {}) { const app = ${made}; app.get('/x', async () => ({})); return app; };`;
const starts = (options: string): string =>
  `const build = require('./app.js'); build(${options}).listen({ port: 3000 });`;

test.each([
  ['handed on', 'Fastify(options)', '{ logger: { level: "info" } }', 'pass'],
  ['handed on among others', 'Fastify({ ...options, trustProxy: true })', '{ logger: true }', 'pass'],
  ['switched off', 'Fastify(options)', '{ logger: false }', 'It writes no log'],
  ['never handed on', 'Fastify({ trustProxy: options.trustProxy })', '{ logger: true }', 'It writes no log'],
])('the logger of Fastify, %s', async (_, made, options, expected) => {
  const [told = ''] = await tellings(['fastify'], { 'app.js': build(made), 'server.js': starts(options) });
  expect(told.startsWith(expected)).toBe(true);
});

const secret = 'A password or a token is written to the log, and whoever may read logs can use it';

test.each([
  ['console.log(email, password)', `${secret}: password.`],
  ['console.log(`signed in with ${req.body.password}`)', `${secret}: req.body.password.`],
  ["console.log('token: ' + accessToken)", `${secret}: accessToken.`],
  ['log.info({ data: user.password })', `${secret}: user.password.`],
  ['console.log(req.body)', 'Whatever callers send is written to the log, passwords and tokens included: req.body.'],
  ['console.log(req.body.email, hasPassword, maxTokens, token)', undefined],
  ["console.log('wrong password', !password, password.length)", undefined],
])('%s', async (line, expected) => {
  const app = `const app = require('express')(); const log = require('pino')();
    app.post('/login', (req, res) => { const { email, password, accessToken, user } = load(req); ${line}; res.end(); });
    app.listen(3000);`;
  const told = await tellings(['express', 'pino'], { 'server.js': app.replace('/login', '/orders') });
  expect(told.find((text) => /is written/.test(text))).toBe(expected);
});

/** An app of Koa that logs what it answers. */
const answering = (answer: string): Record<string, string> => ({
  'server.js': `const Koa = require('koa'); const jwt = require('jsonwebtoken'); const app = new Koa();
    app.use(async (ctx) => { ctx.body = ${answer}; console.log(ctx.body); }); app.listen(3000);`,
});

test('what Koa answers is no request, and may hold a token', async () => {
  expect(await tellings(['koa'], answering('{ token: jwt.sign({}, key) }'))).toContain(`${secret}: ctx.body.token.`);
  expect((await tellings(['koa'], answering('{ ok: true }'))).some((text) => /is written/.test(text))).toBe(false);
});
