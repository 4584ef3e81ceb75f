// What browsers ask beforehand goes on to the app, which has rules of its own about pages elsewhere; its routes stay locked.
import type { IncomingMessage } from 'node:http';
import { access } from './access.ts';
import type { Call, Layer } from './call.ts';
import { letThrough } from './gate.ts';
import { isPreflight } from './origins.ts';

/** The gate, which asks nobody who they are that only asks what is allowed: browsers send no proof along with that. */
export function withOwnPreflights(gate: Layer): Layer {
  return {
    ...gate,
    before: (call) => (isHarmless(call) ? letThrough(call) : gate.before?.(call)),
  };
}

/** What answers by itself below a path has no lock of its own, so nothing goes there unasked. */
function isHarmless({ req, routes }: Call): boolean {
  return isPreflight(req) && !hasBody(req) && !routes.some(isFolder);
}

function isFolder(key: string): boolean {
  return key.startsWith('USE /') && key !== 'USE /' && key in access;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
