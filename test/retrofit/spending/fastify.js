import Fastify from 'fastify';
import { guard } from './guardrails/index.ts';

const app = Fastify();
guard(app);
app.post('/chat/:room', async () => ({ said: 'hello' }));
app.post('/try', async () => ({ said: 'hello' }));
app.get('/free', async () => ({ free: true }));

app.listen({ port: Number(process.env.PORT) }).then((address) => console.log(`ready on ${new URL(address).port}`));
