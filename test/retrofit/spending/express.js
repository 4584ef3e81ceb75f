import express from 'express';
import { guard } from './guardrails/index.ts';

const app = express();
guard(app);
app.post('/chat/:room', (_req, res) => res.json({ said: 'hello' }));
app.post('/try', (_req, res) => res.json({ said: 'hello' }));
app.get('/free', (_req, res) => res.json({ free: true }));

const server = app.listen(process.env.PORT, () => console.log(`ready on ${server.address().port}`));
