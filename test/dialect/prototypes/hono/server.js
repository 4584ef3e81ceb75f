import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { guard } from './guardrails/index.ts';
import { admin, notes } from './routes.ts';

const app = new Hono();
guard(app);

app.route('/api/notes', notes);
app.route('/api/team/:team', admin);
app.get('/health', (c) => c.json({ ok: true }));
app.get('/echo/:word', (c) => c.html(`<p>${c.req.param('word')}</p>`));
app.get('/broken', () => {
  throw new Error('this prototype has a fault');
});
app.all('/proxy/*', (c) => c.text(`proxied ${c.req.path.slice('/proxy'.length)}`));
app.get('/app/*', (c) => c.html(readFileSync('public/index.html', 'utf8')));
app.use('*', serveStatic({ root: './public' }));
app.get('/late', (c) => c.text('late'));
app.notFound((c) => c.text('nothing here', 404));

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT) }, ({ port }) =>
  console.log(`ready on ${port}`),
);
server.on('upgrade', (_req, socket) => {
  socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nhello');
});
