import { readFileSync } from 'node:fs';
import Router from '@koa/router';
import Koa from 'koa';
import mount from 'koa-mount';
import serve from 'koa-static';
import { guard } from './guardrails/index.ts';
import { admin, notes } from './routes.ts';

const app = new Koa();
guard(app);

const router = new Router();
app.use(async (ctx, next) => {
  await next();
  if (ctx.status === 404 && !ctx.body) {
    ctx.status = 404;
    ctx.body = 'nothing here';
  }
});
app.use(serve('public'));
app.use(mount('/docs', serve('docs')));
app.use(mount('/app/files', serve('docs')));
app.use(notes.routes()).use(notes.allowedMethods());
router.use('/api/team/:team', admin.routes());
router.get('/health', (ctx) => (ctx.body = { ok: true }));
router.get('/echo/:word', (ctx) => {
  ctx.type = 'html';
  ctx.body = `<p>${ctx.params.word}</p>`;
});
router.get('/broken', () => {
  throw new Error('this prototype has a fault');
});
router.get(/^\/app/, (ctx) => {
  ctx.type = 'html';
  ctx.body = readFileSync('public/index.html', 'utf8');
});
app.use(router.routes());
app.use(mount('/proxy', (ctx) => (ctx.body = `proxied ${ctx.url}`)));

const server = app.listen(process.env.PORT, () => {
  console.log(`ready on ${server.address().port}`);
  router.get('/late', (ctx) => (ctx.body = 'late'));
  router.get('/later', (ctx) => (ctx.body = 'later'));
});
server.on('upgrade', (_req, socket) => {
  socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nhello');
});
