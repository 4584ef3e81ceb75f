// Finds a free port on this machine, so that two projects can be worked on at once.
import { createServer } from 'node:net';

/** The wanted port when it is free, else one that the system picks. */
export async function freePort(wanted: number): Promise<number> {
  const isFree = (await portOn('127.0.0.1', wanted)) !== undefined && (await portOn(undefined, wanted)) !== undefined;
  return isFree && wanted !== 0 ? wanted : ((await portOn('127.0.0.1', 0)) ?? wanted);
}

/** Listens for a moment, on all addresses when no host is given. Undefined where the port is taken. */
function portOn(host: string | undefined, port: number): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const server = createServer();
  server.once('error', () => resolve(undefined));
  server.listen({ port, host }, () => {
    const address = server.address();
    const found = typeof address === 'object' ? address?.port : undefined;
    server.close(() => resolve(found));
  });
  return promise;
}
