import { serve, upgradeWebSocket } from '@hono/node-server';
import { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { guard, userOf } from './guardrails/index.ts';

const app = new Hono();
guard(app);

app.get('/', (c) => c.text('the page'));
const talk = upgradeWebSocket((c) => ({
  onOpen: (_event, socket) => socket.send(userOf(c.env.incoming)?.id ?? 'a stranger'),
  onMessage: (event, socket) => socket.send(`heard ${event.data}`),
}));
app.get('/live', talk);
app.get('/rooms/:room', talk);

const websocket = { server: new WebSocketServer({ noServer: true }) };
serve({ fetch: app.fetch, port: Number(process.env.PORT), websocket }, ({ port }) => console.log(`ready on ${port}`));
