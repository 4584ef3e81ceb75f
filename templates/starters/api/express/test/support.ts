import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApp } from '../src/app.ts';

/** Starts the app on a free port of this machine. */
export async function startApp() {
  const app = createApp();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url, app, stop };
}

/** Somebody who uses the app: the headers of their requests, and their id. This app has one user, whoever asks. */
export async function signedIn(_role?: string): Promise<{ headers: Record<string, string>; userId: string }> {
  return { headers: {}, userId: 'local' };
}
