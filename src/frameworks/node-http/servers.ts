import type { Run } from '../../code/run/run.ts';
import { externalPath, native, type External, type Site, type Value } from '../../code/run/values.ts';
import { WebApp, webAppOf, type Behaviour } from '../wiring/web-app.ts';

/** A server of Node itself: what answers is a function, whose routes are read from its text. */
export const nodeServer: Behaviour = {
  framework: 'node-http',
  call(app, name, given, site, run) {
    if (name === 'listen') listenTo(app, given, site, run);
    const [event, handler] = given;
    if (name === 'on' && handler && event?.kind === 'constant' && event.value === 'request')
      app.layers.push({ kind: 'use', path: undefined, handlers: [handler], site, conditional: false });
    return undefined;
  },
};

/** What `http`, `https` and `http2` give. A server around an app of a framework is that app. */
export function nodeHttpCall(run: Run, callee: External, given: readonly Value[], site: Site): Value | undefined {
  if (!/^(?:https?|http2|spdy)\.create(?:Secure)?Server$/.test(externalPath(callee))) return undefined;
  const handler = given.find(({ kind }) => kind === 'function' || kind === 'native' || kind === 'method');
  const app = webAppOf(handler) ?? webAppOf(handler?.kind === 'method' ? handler.of : undefined);
  if (app) return serverAround(app, run);
  const server = new WebApp(nodeServer, 'app', site, run);
  if (handler) server.layers.push({ kind: 'use', path: undefined, handlers: [handler], site, conditional: false });
  return server.value;
}

/** A server that hands every request to an app. */
export function serverAround(app: WebApp, run: Run): Value {
  const server: Value = native({
    type: 'http server',
    entries: new Map(),
    call(name, given, site) {
      if (name === 'listen') listenTo(app, given, site, run);
      return server;
    },
  });
  return server;
}

/** Notes where an app begins to listen, and does what it is told to do then. */
export function listenTo(app: WebApp, given: readonly Value[], site: Site, run: Run): void {
  app.listens ??= { site, given };
  const last = given.at(-1);
  if (last?.kind === 'function') run.invoke(last, [], site);
}
