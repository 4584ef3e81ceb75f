// Lets running requests finish when the app is told to stop, and never takes longer than ten seconds about it.
import { tracingChannel } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { config } from './config.ts';
import { log } from './log.ts';
import { shutdownTelemetry } from './telemetry.ts';

// Milliseconds. Together they stay under ten seconds: after that a container is killed, finished or not.
const noticeTime = config.SHUTDOWN_NOTICE * 1_000; // load balancers see that /readyz says no, and stop sending
const longestDrain = 7_000 - noticeTime;
const longestFlush = 2_500;

const servers = new Set<Server>();
let stopping = false;

/** True from the moment the app is told to stop. */
export function isStopping(): boolean {
  return stopping;
}

/** Stops: not ready, no new connections, running requests finish (the last ones are cut off), telemetry is sent, exit 0. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping: running requests may finish');
  await setTimeout(noticeTime);
  await Promise.all([...servers].map(drain));
  await Promise.race([shutdownTelemetry(), setTimeout(longestFlush)]);
  process.exit(0);
}

/** Resolves when the last connection of the server is closed. */
function drain(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = globalThis.setTimeout(() => server.closeAllConnections(), longestDrain);
  server.close(() => {
    clearInterval(sweep);
    clearTimeout(cut);
    resolve();
  });
  server.closeIdleConnections();
  return promise;
}

// Node.js reports every server that begins to listen: none can be forgotten, and the entry file needs no line for it.
tracingChannel('net.server.listen').asyncEnd.subscribe((message) => {
  const { server } = message as { readonly server: Server };
  if (!('closeIdleConnections' in server)) return;
  servers.add(server);
  server.once('close', () => servers.delete(server));
});

// Added to the handlers that the app may have of its own.
process.on('SIGTERM', (signal) => void stop(signal));
process.on('SIGINT', (signal) => void stop(signal));
