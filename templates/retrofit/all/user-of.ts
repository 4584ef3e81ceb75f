// Tells the app's code who has opened a connection that stays open, such as a WebSocket.
import type { IncomingMessage } from 'node:http';
import type { User } from './call.ts';
import { callOf } from './passage.ts';

/** Whoever is signed in where a connection began: `socket.request` of socket.io, the second argument of `connection` of ws. */
export function userOf(request: IncomingMessage): User | undefined {
  return callOf(request)?.user;
}
