import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApp } from '../src/app.ts';
import { signInAs } from './identity.ts';

let running = '';

/** Starts the app on a free port of this machine. */
export async function startApp() {
  const app = createApp();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  running = url;
  return { url, app, stop };
}

/** Somebody new who is signed in, with this role if one is given: the headers of their requests, and their id. */
export async function signedIn(role?: string): Promise<{ headers: Record<string, string>; userId: string }> {
  return signInAs(running, role);
}
