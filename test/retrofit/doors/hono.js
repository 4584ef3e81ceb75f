import { serve } from '@hono/node-server';
import { createNodeWebSocket } from '@hono/node-ws';
import { Hono } from 'hono';
import { guard, userOf } from './guardrails/index.ts';

const app = new Hono();
guard(app);
const { injectWebSocket, upgradeWebSocket } = createNodeWebSocket({ app });

app.get('/', (c) => c.text('the page'));
const talk = upgradeWebSocket((c) => ({
  onOpen: (_event, socket) => socket.send(userOf(c.env.incoming)?.id ?? 'a stranger'),
  onMessage: (event, socket) => socket.send(`heard ${event.data}`),
}));
app.get('/live', talk);
app.get('/rooms/:room', talk);

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT) }, ({ port }) =>
  console.log(`ready on ${port}`),
);
injectWebSocket(server);
