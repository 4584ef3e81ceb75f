import './guardrails/fatal.ts';
import { log } from './guardrails/log.ts';
import { createApp } from './app.ts';
import { config } from './guardrails/config.ts';

const port = config.PORT;
const hostname = config.HOST;

const server = createApp().listen(port, hostname, (error) => {
  if (error) throw error;
  const address = server.address();
  log.info(`Listening on http://${hostname}:${typeof address === 'object' ? address?.port : port}`);
});
