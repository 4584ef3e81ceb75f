import { connect } from 'node:net';
import { ask } from './ask.ts';
import type { LiveRoute } from './protocol.ts';
import { pause, type Running } from './running.ts';

/** A program that is still busy starting answers late. */
const patience = 10_000;

/** A running app as it answers. */
export interface LiveApp {
  readonly url: string;
  readonly live: readonly LiveRoute[];
}

const mostToFollow = 10_000;

/**
 * The routes of a running app as its framework has them, and where it listens. A start may open several servers: that of a bundler may listen
 * before the one of the app does.
 */
export async function liveApp(running: Running): Promise<LiveApp> {
  for (const end = Date.now() + mostToFollow; ; await pause(100)) {
    const found = await answeringApp(running);
    if (found || running.ended() || Date.now() > end) return found ?? { url: running.urls()[0] ?? '', live: [] };
  }
}

async function answeringApp(running: Running): Promise<LiveApp | undefined> {
  const url = await answeringOf(running.urls());
  let found: LiveApp | undefined = url === undefined ? undefined : { url, live: [] };
  for (const event of running.events()) {
    if (event.event !== 'control') continue;
    const own = await answeringOf(running.urlsOf(event.pid));
    const live = own === undefined ? [] : await routesAt(event.port, running.token);
    if (own !== undefined && live.length > (found?.live.length ?? 0)) found = { url: own, live };
  }
  return found;
}

/** Of several servers the one that listened last, and none that only waits for WebSockets, as that of a bundler does (426: Upgrade Required). */
async function answeringOf(urls: readonly string[]): Promise<string | undefined> {
  for (const url of urls.toReversed()) {
    const { status } = await ask(url, { method: 'HEAD', path: '/no/such/address/in/this/app', milliseconds: 1_000 });
    if (status !== 426) return url;
  }
  return undefined;
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
