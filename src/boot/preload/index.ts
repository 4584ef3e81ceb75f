// Runs inside the app that is booted, before its own code: the framework shows its routes, servers listen on the loopback address
// only, and calls to the outside are refused.
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { watchExpress, type Express } from './express.ts';
import { watchFastify } from './fastify.ts';
import { watchHono, type SmartRouterClass } from './hono.ts';
import { watchKoa, watchKoaRouter, type KoaClass, type KoaRouterClass } from './koa.ts';
import { answerControl, listenOnLoopback } from './listen.ts';
import { watchNodeServers } from './node-http.ts';
import { refuseOutgoing } from './network.ts';
import { keepChildrenInside } from './processes.ts';
import { settings, tell } from './settings.ts';

const watched = new Set<unknown>();

answerControl();
refuseOutgoing();
listenOnLoopback();
keepChildrenInside();
watchNodeServers();
syncBuiltinESMExports();
process.on('exit', (code) => tell({ event: 'ended', pid: process.pid, code }));
watchFastify();
for (const root of settings.roots) await watchFrameworks(root);

async function watchFrameworks(root: string): Promise<void> {
  const require = createRequire(join(root, 'package.json'));
  watch(require, 'express', (express: Express) => watchExpress(express));
  watch(require, 'koa', (koa: KoaClass) => watchKoa(koa));
  for (const name of ['@koa/router', 'koa-router'])
    watch(require, name, (router: KoaRouterClass & { default?: KoaRouterClass }) =>
      watchKoaRouter(router.default ?? router),
    );
  watch(require, 'hono/router/smart-router', ({ SmartRouter }: { SmartRouter: SmartRouterClass }) =>
    watchHono(SmartRouter),
  );
  await watchHonoModule(require);
}

/** Loads a framework where it is installed; the app gets the same copy afterwards. */
function watch<Library>(require: NodeJS.Require, name: string, start: (library: Library) => void): void {
  try {
    once(require(name) as Library, start);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND')
      tell({ event: 'failed', what: `${name}: ${String(error)}` });
  }
}

/** Hono comes twice: as CommonJS and as modules. */
async function watchHonoModule(require: NodeJS.Require): Promise<void> {
  try {
    const path = require.resolve('hono/router/smart-router').replace(/([/\\])dist([/\\])cjs([/\\])/, '$1dist$3');
    const { SmartRouter } = (await import(pathToFileURL(path).href)) as { SmartRouter: SmartRouterClass };
    once(SmartRouter, watchHono);
  } catch {
    // Not installed.
  }
}

function once<Library>(library: Library, start: (library: Library) => void): void {
  if (watched.has(library)) return;
  watched.add(library);
  start(library);
}
