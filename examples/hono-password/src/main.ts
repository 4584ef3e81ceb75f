import './guardrails/fatal.ts';
import { log } from './guardrails/log.ts';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { config } from './guardrails/config.ts';

const port = config.PORT;
const hostname = config.HOST;

serve({ fetch: createApp().fetch, port, hostname }, (address) => {
  log.info(`Listening on http://${hostname}:${address.port}`);
});
