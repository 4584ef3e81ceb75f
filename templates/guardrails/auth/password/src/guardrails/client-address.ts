// The network address of whoever is calling.
import type { IncomingMessage } from 'node:http';

export function clientAddress(req: IncomingMessage): string {
  return req.socket.remoteAddress ?? 'unknown';
}
