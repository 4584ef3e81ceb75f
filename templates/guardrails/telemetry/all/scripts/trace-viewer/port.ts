// Finds a free port on this machine, so that two projects can be worked on at once.
import { createServer } from 'node:net';

/** The wanted port when it is free, else one that the system picks. */
export async function freePort(wanted: number): Promise<number> {
  return (await listenOnce(wanted)) ?? (await listenOnce(0)) ?? wanted;
}

/** Undefined where the port is taken. */
function listenOnce(port: number): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const server = createServer();
  server.once('error', () => resolve(undefined));
  server.listen(port, () => {
    const address = server.address();
    const found = typeof address === 'object' ? address?.port : undefined;
    server.close(() => resolve(found));
  });
  return promise;
}
