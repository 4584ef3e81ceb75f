import { createServer } from 'node:http';
import express from 'express';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { guard, userOf } from './guardrails/index.ts';

const app = express();
guard(app);
app.get('/', (_req, res) => res.send('the page'));

const server = createServer(app);
const io = new Server(server, { destroyUpgrade: false });
io.on('connection', (socket) => {
  socket.emit('you', userOf(socket.request)?.id ?? 'a stranger');
  socket.on('say', (text, answer) => answer(`heard ${text}`));
});
new Server(server, { path: '/support', destroyUpgrade: false }).on('connection', (socket) =>
  socket.emit('you', 'support'),
);

const rooms = new WebSocketServer({ noServer: true });
rooms.on('connection', (socket, req) => {
  socket.send(userOf(req)?.id ?? 'a stranger');
  socket.on('message', (text) => socket.send(`heard ${text}`));
});
server.on('upgrade', (req, socket, head) => {
  const { pathname } = new URL(req.url, 'http://localhost');
  if (pathname === '/live' || pathname.startsWith('/rooms/'))
    rooms.handleUpgrade(req, socket, head, (ws) => rooms.emit('connection', ws, req));
});

// A second server with a socket of its own, as prototypes have it for "real time".
const other = createServer();
new WebSocketServer({ server: other, path: '/ticker' }).on('connection', (socket) => socket.send('tick'));
other.listen(0, () => console.log(`ticker on ${other.address().port}`));

server.listen(process.env.PORT, () => console.log(`ready on ${server.address().port}`));
