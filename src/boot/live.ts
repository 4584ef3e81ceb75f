import { connect } from 'node:net';
import { ask } from './ask.ts';
import type { LiveRoute } from './protocol.ts';
import type { Running } from './running.ts';

const patience = 3_000;

/** The routes of a running app as its framework has them, and where it listens. A start may open several servers, such as that of a bundler. */
export async function liveApp(running: Running): Promise<{ url: string; live: readonly LiveRoute[] }> {
  let found = { url: (await answeringOf(running.urls())) ?? '', live: [] as readonly LiveRoute[] };
  for (const event of running.events()) {
    if (event.event !== 'control') continue;
    const live = await routesAt(event.port, running.token);
    const url = await answeringOf(running.urlsOf(event.pid));
    if (url !== undefined && live.length > found.live.length) found = { url, live };
  }
  return found;
}

/** Of several servers the one that listened last, and not one that only waits for WebSockets, as that of a bundler does (426: Upgrade Required). */
async function answeringOf(urls: readonly string[]): Promise<string | undefined> {
  if (urls.length < 2) return urls[0];
  for (const url of urls.toReversed()) {
    const { status } = await ask(url, { method: 'GET', path: '/' });
    if (status !== undefined && status !== 426) return url;
  }
  return urls[0];
}

function routesAt(port: number, token: string): Promise<readonly LiveRoute[]> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => void socket.write(token));
    socket.setTimeout(patience, () => socket.destroy());
    socket.on('data', (data) => (text += data.toString()));
    socket.on('error', () => {});
    socket.on('close', () => resolve(routesFrom(text)));
  });
}

/** The app runs in the same process as whatever answers here: nothing is taken on trust. */
function routesFrom(text: string): readonly LiveRoute[] {
  try {
    const routes: unknown = JSON.parse(text);
    return Array.isArray(routes) ? routes.filter(isRoute) : [];
  } catch {
    return [];
  }
}

function isRoute(value: unknown): value is LiveRoute {
  const { method, path } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof method === 'string' && typeof path === 'string';
}
