import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { guard } from './guardrails/index.ts';

const app = new Hono();
guard(app);
app.post('/chat/:room', (c) => c.json({ said: 'hello' }));
app.post('/try', (c) => c.json({ said: 'hello' }));
app.get('/free', (c) => c.json({ free: true }));

serve({ fetch: app.fetch, port: Number(process.env.PORT) }, ({ port }) => console.log(`ready on ${port}`));
