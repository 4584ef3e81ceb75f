// Finds out where the app listens that is tested: tell-port.cjs has written it down.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { questionsTo } from './ask.mjs';

/** The server on the port that it was given; of an app that chooses its own the one that is for people. Undefined as long as there is none. */
export async function serverOfApp(journal, port) {
  const servers = listening(journal);
  return servers.find((each) => each.port === port) ?? answering(servers);
}

/** A port that nobody uses. An app that has a port of its own takes that one. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Of several servers the one that is for people: that of a bundler, or one beside the app, answers 426 or 503. */
async function answering(servers) {
  for (const server of servers) {
    const { status } = await questionsTo(server)({ path: '/guard-tests/no/such/address' });
    if (![0, 426, 503].includes(status)) return server;
  }
  return undefined;
}

function listening(journal) {
  return readFileSync(journal, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
