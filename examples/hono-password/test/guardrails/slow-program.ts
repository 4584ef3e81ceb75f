// A small program that shutdown.test.ts starts and stops: one request that takes a while, and a signal handler of its own.
import '../../src/guardrails/shutdown.ts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

process.on('SIGTERM', () => console.log('own handler ran'));

const server = createServer(async (_request, response) => {
  console.log('request began');
  await setTimeout(500);
  response.end('finished');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`));
