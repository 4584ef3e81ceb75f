import './guardrails/fatal.ts';
import { log } from './guardrails/log.ts';
import { createApp } from './app.ts';
import { config } from './guardrails/config.ts';

const port = config.PORT;
const host = config.HOST;

const app = createApp();
log.info(`Listening on ${await app.listen({ port, host })}`);
