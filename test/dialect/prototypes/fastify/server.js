import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { guard } from './guardrails/index.ts';
import { admin, notes } from './routes.ts';

const app = Fastify();
guard(app);

app.register(notes, { prefix: '/api/notes' });
app.register(admin, { prefix: '/api/team/:team' });
app.get('/health', async () => ({ ok: true }));
app.get('/echo/:word', async (request, reply) => {
  reply.type('text/html');
  return `<p>${request.params.word}</p>`;
});
app.get('/broken', async () => {
  throw new Error('this prototype has a fault');
});
app.all('/proxy/*', (request) => `proxied /${request.params['*']}`);
app.get('/app*', async (_request, reply) => {
  reply.type('text/html');
  return readFileSync('public/index.html', 'utf8');
});
app.get('/*', async (request, reply) => {
  const name = request.params['*'] || 'index.html';
  try {
    reply.type(name.endsWith('.css') ? 'text/css' : 'text/html');
    return readFileSync(`public/${name}`, 'utf8');
  } catch {
    return reply.callNotFound();
  }
});
app.register(async (scope) => {
  scope.get('/late', async () => 'late');
});
app.setNotFoundHandler((_request, reply) => reply.code(404).send('nothing here'));

app.listen({ port: Number(process.env.PORT) }).then(
  (address) => console.log(`ready on ${new URL(address).port}`),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
app.server.on('upgrade', (_req, socket) => {
  socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nhello');
});
