// Tells the app's code who has opened a connection that stays open, such as a WebSocket.
import { callOf } from './passage.mjs';

/** Whoever is signed in where a connection began: `socket.request` of socket.io, the second argument of `connection` of ws. */
export function userOf(request) {
  return callOf(request)?.user;
}
