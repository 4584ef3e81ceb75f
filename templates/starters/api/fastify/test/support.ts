import { createApp } from '../src/app.ts';

/** Starts the app on a free port of this machine. */
export async function startApp() {
  const app = createApp();
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = () => app.close();
  return { url, app, stop };
}

/** Somebody who uses the app: the headers of their requests, and their id. This app has one user, whoever asks. */
export async function signedIn(_role?: string): Promise<{ headers: Record<string, string>; userId: string }> {
  return { headers: {}, userId: 'local' };
}
