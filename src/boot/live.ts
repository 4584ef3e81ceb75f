import { connect } from 'node:net';
import type { LiveRoute } from './protocol.ts';
import type { Running } from './running.ts';

const patience = 3_000;

/** The routes of a running app as its framework has them, and where it listens. A start may open several servers, such as that of a bundler. */
export async function liveApp(running: Running): Promise<{ url: string; live: readonly LiveRoute[] }> {
  let found = { url: running.urls()[0] ?? '', live: [] as readonly LiveRoute[] };
  for (const event of running.events()) {
    if (event.event !== 'control') continue;
    const live = await routesAt(event.port, running.token);
    const url = running.urlOf(event.pid);
    if (url !== undefined && live.length > found.live.length) found = { url, live };
  }
  return found;
}

function routesAt(port: number, token: string): Promise<readonly LiveRoute[]> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => void socket.write(token));
    socket.setTimeout(patience, () => socket.destroy());
    socket.on('data', (data) => (text += data.toString()));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text === '' ? [] : (JSON.parse(text) as LiveRoute[])));
  });
}
