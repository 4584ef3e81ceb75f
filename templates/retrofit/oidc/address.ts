// Knows under which address people open this app: PUBLIC_URL where it is set, else what their browser has asked for.
import type { IncomingMessage } from 'node:http';
import { config } from './config.ts';

const given = config.PUBLIC_URL;

if (given !== '' && !isWholeAddress(given))
  throw new Error('PUBLIC_URL must be such as https://notes.example.com, with nothing behind the name');

/** Such as `https://notes.example.com`. Only on one's own machine it goes over plain http. */
export function publicAddress({ headers }: IncomingMessage): string {
  if (given !== '') return new URL(given).origin;
  const host = headers.host ?? '';
  const address = `${isLoopback(host) ? 'http' : 'https'}://${host}`;
  return URL.canParse(address) ? new URL(address).origin : 'https://address.invalid';
}

/** Whether the browser runs on the same machine, where it keeps cookies without https. */
export function isOwnMachine(req: IncomingMessage): boolean {
  return publicAddress(req).startsWith('http:');
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);
}

function isWholeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, pathname, search, username } = new URL(address);
  const isPlain = pathname === '/' && search === '' && username === '';
  return isPlain && (protocol === 'https:' || (protocol === 'http:' && isLoopback(host)));
}
