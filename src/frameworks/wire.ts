import type { Repository } from '../repository/repository.ts';
import type { Server } from './server.ts';
import { wirers } from './wirers.ts';
import { wireApp, type WireCall, type Wired } from './wiring/wire-app.ts';

/** Puts one call where the app of a server is made, with its import; or says why not, and what to paste. */
export function wire(server: Server, repository: Repository, call: WireCall): Wired {
  const wirer = wirers.find(({ id }) => id === server.framework);
  if (wirer) return wireApp(wirer, server, repository, call);
  const why = `nothing is known yet about wiring ${server.framework}`;
  return { kind: 'paste', where: server.where, why, importer: 'js', lines: [] };
}
