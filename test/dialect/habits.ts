import { request } from 'node:http';
import type { Started } from './prototype.ts';

/** What prototypes do on Express, each in its own words. */
export const expressHabits = `
const express = require('express');
const { guard } = require('./guardrails/index.cjs');
const app = express();
guard(app);
app.set('trust proxy', true);
app.use(function corsMiddleware(req, res, next) {
  res.header('Access-Control-Allow-Origin', '*');
  if (req.method !== 'OPTIONS' || req.path === '/asked') return next();
  res.header('Access-Control-Allow-Methods', 'GET,POST').header('Content-Length', '0').status(204).end();
});
app.use(function ownHeaders(req, res, next) {
  res.setHeader('Content-Security-Policy', "default-src 'self'");
  res.setHeader('X-RateLimit-Limit', '100');
  next();
});
app.use(function compression(req, res, next) {
  const { write, end } = res;
  const zip = require('node:zlib').createGzip({ flush: 2 });
  zip.on('data', (chunk) => write.call(res, chunk)).on('end', () => end.call(res));
  if (!/gzip/.test(req.headers['accept-encoding'] || '')) return next();
  res.setHeader('Content-Encoding', 'gzip');
  res.removeHeader('Content-Length');
  res.write = (chunk) => zip.write(chunk);
  res.end = (chunk) => { res.removeHeader('Content-Length'); zip.end(chunk); return res; };
  next();
});
const sessions = new Map();
app.use(function session(req, res, next) {
  const id = /sid=(\\w+)/.exec(req.headers.cookie || '')?.[1] || Math.random().toString(36).slice(2);
  req.session = sessions.get(id) || { views: 0 };
  sessions.set(id, req.session);
  res.setHeader('Set-Cookie', 'sid=' + id + '; Path=/; HttpOnly');
  next();
});
app.use(express.json(), express.urlencoded({ extended: true }));
app.get('/livez', (req, res) => res.json({ mine: true }));
app.all('/readyz', (req, res) => res.json({ mine: true }));
app.get('/auth/me', (req, res) => res.json({ mine: true }));
app.get('/sign-in', (req, res) => res.send('my own page'));
app.post('/sign-in', (req, res) => res.json({ got: req.body }));
app.get('/views', (req, res) => res.json({ views: ++req.session.views, ip: req.ip }));
app.get('/stream', (req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  res.write('data: 1\\n\\n');
  const timer = setInterval(() => res.write('data: more\\n\\n'), 100);
  req.on('close', () => { clearInterval(timer); console.log('stream closed'); });
});
app.post('/upload', (req, res) => {
  let bytes = 0;
  req.on('data', (chunk) => (bytes += chunk.length)).on('end', () => res.json({ bytes }));
});
app.all('/secret', (req, res) => res.json({ secret: true }));
app.options('/asked', (req, res) => res.sendStatus(204));
app.use('/proxy', (req, res) => res.json({ proxied: true }));
app.get('/fails', async () => { await null; throw Object.assign(new Error('mine'), { status: 418 }); });
app.get('/fails-early', (req, res, next) => next(Object.assign(new Error('mine'), { status: 418 })));
app.use((error, req, res, next) => res.status(error.status || 500).json({ handled: error.message }));
module.exports = app;
if (require.main === module) {
  const listening = app.listen(process.env.PORT, () => console.log('ready on ' + listening.address().port));
}
`;

/** The same on Fastify. */
export const fastifyHabits = `
import Fastify from 'fastify';
import { guard } from './guardrails/index.mjs';
const app = Fastify({ trustProxy: true });
guard(app);
app.addHook('onRequest', (request, reply, done) => {
  reply.header('access-control-allow-origin', '*');
  if (request.method === 'OPTIONS') return reply.code(204).send();
  done();
});
app.setErrorHandler((error, request, reply) => reply.code(error.status || 500).send({ handled: error.message }));
app.addContentTypeParser('application/octet-stream', (request, payload, done) => done(null, payload));
app.get('/livez', async () => ({ mine: true }));
app.get('/auth/me', async () => ({ mine: true }));
app.get('/sign-in', async () => 'my own page');
app.all('/secret', async (request) => ({ secret: request.ip }));
app.get('/fails', async () => { throw Object.assign(new Error('mine'), { status: 418 }); });
app.get('/stream', (request, reply) => {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
  reply.raw.write('data: 1\\n\\n');
  request.raw.on('close', () => console.log('stream closed'));
});
app.post('/upload', async (request) => {
  let bytes = 0;
  for await (const chunk of request.body) bytes += chunk.length;
  return { bytes };
});
app.listen({ port: Number(process.env.PORT) }).then((address) => console.log('ready on ' + new URL(address).port));
`;

/** And on Hono. */
export const honoHabits = `
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { streamSSE } from 'hono/streaming';
import { guard } from './guardrails/index.mjs';
const app = guard(new Hono());
app.use('*', cors());
app.onError((error, c) => c.json({ handled: error.message }, error instanceof HTTPException ? error.status : 500));
app.get('/livez', (c) => c.json({ mine: true }));
app.get('/auth/me', (c) => c.json({ mine: true }));
app.get('/sign-in', (c) => c.text('my own page'));
app.all('/secret', (c) => c.json({ secret: true }));
app.get('/fails', () => { throw new HTTPException(418, { message: 'mine' }); });
app.get('/stream', (c) => streamSSE(c, async (stream) => {
  stream.onAbort(() => console.log('stream closed'));
  await stream.writeSSE({ data: '1' });
  while (!stream.aborted) await stream.sleep(50).then(() => stream.writeSSE({ data: 'more' }));
}));
app.post('/upload', async (c) => c.json({ bytes: (await c.req.arrayBuffer()).byteLength }));
serve({ fetch: app.fetch, port: Number(process.env.PORT) }, ({ port }) => console.log('ready on ' + port));
`;

/** The first piece of an answer, after which the caller goes away. */
export function firstChunk(
  { port }: Started,
  path: string,
  headers: Record<string, string>,
): Promise<{ type: unknown; text: string }> {
  return new Promise((heard, failed) => {
    const sent = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.once('data', (chunk: Buffer) => {
        heard({ type: response.headers['content-type'], text: chunk.toString('latin1') });
        sent.destroy();
      });
    });
    sent.on('error', failed).end();
  });
}
