import { serve } from '@hono/node-server';
import { createApp } from './app.ts';

const port = Number(process.env.PORT ?? 3000);
const hostname = process.env.HOST ?? '127.0.0.1';

const server = serve({ fetch: createApp().fetch, port, hostname }, (address) => {
  console.log(`Listening on http://${hostname}:${address.port}`);
});

process.on('SIGTERM', () => server.close());
