import { readFileSync } from 'node:fs';
import express from 'express';
import { admin, notes } from './routes.ts';
import { guard } from './guardrails/index.ts';

const app = express();
guard(app);

app.use(express.json());
app.use(express.static('public'));
app.use('/docs', express.static('docs'));
app.use('/app/files', express.static('docs'));
app.use('/api/notes', notes);
app.use('/api/team/:team', admin);
app.get('/health', (_req, res) => res.json({ ok: true }));
app.get('/echo/:word', (req, res) => res.send(`<p>${req.params.word}</p>`));
app.get('/broken', () => {
  throw new Error('this prototype has a fault');
});
app.use('/proxy', (req, res) => res.end(`proxied ${req.url}`));
app.get(/^\/app/, (_req, res) => res.type('html').send(readFileSync('public/index.html', 'utf8')));

const server = app.listen(process.env.PORT, () => {
  console.log(`ready on ${server.address().port}`);
  app.get('/late', (_req, res) => res.send('late'));
  app.get('/later', (_req, res) => res.send('later'));
  app.use((_req, res) => res.status(404).send('nothing here'));
});
server.on('upgrade', (_req, socket) => {
  socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nhello');
});
