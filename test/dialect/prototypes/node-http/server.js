import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { guard } from './guardrails/index.ts';
import { notes } from './routes.ts';

const server = http.createServer(async (req, res) => {
  const { pathname } = new URL(req.url, 'http://localhost');
  const [first, ...rest] = pathname.split('/').filter(Boolean);
  const read = req.method === 'GET' || req.method === 'HEAD';
  const html = (text) => res.writeHead(200, { 'content-type': 'text/html' }).end(text);
  const file = (path) => read && path.includes('.') && existsSync(path) && res.writeHead(200).end(readFileSync(path));
  if (pathname.startsWith('/api/notes')) await notes(req, res, rest.slice(1));
  else if (read && pathname.startsWith('/api/team/')) res.end('["anna"]');
  else if (read && pathname === '/health') res.end('{"ok":true}');
  else if (read && first === 'echo') html(`<p>${decodeURIComponent(rest[0])}</p>`);
  else if (read && pathname === '/broken') res.writeHead(500).end('this prototype has a fault');
  else if (pathname.startsWith('/proxy')) res.end(`proxied ${req.url}`);
  else if (read && pathname === '/') html(readFileSync('public/index.html'));
  else if (read && pathname === '/late') res.end('late');
  else if (!file(pathname.replace('/app/files/', './docs/').replace(/^\/docs/, './docs'))) file(`public${pathname}`);
  if (!res.writableEnded && read && pathname.startsWith('/app')) html(readFileSync('public/index.html'));
  if (!res.writableEnded) res.writeHead(404).end('nothing here');
});
guard(server);

server.listen(process.env.PORT, () => console.log(`ready on ${server.address().port}`));
server.on('upgrade', (_req, socket) => {
  socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nhello');
});
