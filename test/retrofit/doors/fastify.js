import websocket from '@fastify/websocket';
import Fastify from 'fastify';
import { guard, userOf } from './guardrails/index.ts';

const app = Fastify();
guard(app);

function talk(socket, request) {
  socket.send(userOf(request.raw)?.id ?? 'a stranger');
  socket.on('message', (text) => socket.send(`heard ${text}`));
}

app.register(websocket);
app.register(async (scope) => {
  scope.get('/', async () => 'the page');
  scope.get('/live', { websocket: true }, talk);
  scope.get('/rooms/:room', { websocket: true }, talk);
});

app.listen({ port: Number(process.env.PORT) }).then((address) => console.log(`ready on ${new URL(address).port}`));
