// Lets running requests finish when the app is told to stop, and never takes longer than ten seconds about it.
import { tracingChannel } from 'node:diagnostics_channel';
import { setTimeout } from 'node:timers/promises';
import { config } from './config.mjs';
import { log } from './log.mjs';

const longestDrain = 7_000; // milliseconds; after ten seconds a container is killed, finished or not

const servers = new Set();
let stopping = false;

/** True from the moment the app is told to stop. */
export function isStopping() {
  return stopping;
}

/** Stops: not ready, no new connections, running requests finish (the last ones are cut off), exit 0. */
async function stop(signal) {
  const isSecond = stopping;
  stopping = true;
  // An app that has its own way to stop keeps it.
  if (process.listenerCount(signal) > 1) return;
  if (isSecond) process.exit(1);
  log.info({ signal }, 'stopping: running requests may finish');
  await Promise.race([Promise.all([...servers].map(drain)), setTimeout(longestDrain)]);
  process.exit(0);
}

/** Resolves when the last connection of the server is closed. */
function drain(server) {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

// Node.js reports every server that begins to listen: none can be forgotten, and the entry file needs no line for it.
tracingChannel('net.server.listen').asyncEnd.subscribe((message) => {
  const { server } = message;
  if (!('closeIdleConnections' in server)) return;
  servers.add(server);
  server.once('close', () => servers.delete(server));
});

// Not in tests: there it is the test runner that is told to stop.
const signals = config.NODE_ENV === 'test' ? [] : ['SIGTERM', 'SIGINT'];
for (const signal of signals) process.on(signal, () => void stop(signal));
