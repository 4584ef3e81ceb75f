import { createApp } from '../src/app.ts';
import { signInAs } from './identity.ts';

let running = '';

/** Starts the app on a free port of this machine. */
export async function startApp() {
  const app = createApp();
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = () => app.close();
  running = url;
  return { url, app, stop };
}

/** Somebody new who is signed in, with this role if one is given: the headers of their requests, and their id. */
export async function signedIn(role?: string): Promise<{ headers: Record<string, string>; userId: string }> {
  return signInAs(running, role);
}
