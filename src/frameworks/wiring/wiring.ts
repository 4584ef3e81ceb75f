import { isFunction, keyNameOf, type FunctionNode } from '../../code/calls.ts';
import type { Module } from '../../code/module.ts';
import { functionValue } from '../../code/run/evaluate.ts';
import { Modules } from '../../code/run/modules.ts';
import { OutOfFuel, Run, Thrown, type Host } from '../../code/run/run.ts';
import { unknown, type External, type Site, type Value } from '../../code/run/values.ts';
import { walk } from '../../code/walk.ts';
import { fact, type Repository } from '../../repository/repository.ts';
import { expressCall } from '../express/behaviour.ts';
import { fastifyCall } from '../fastify/behaviour.ts';
import { honoCall } from '../hono/behaviour.ts';
import { koaCall } from '../koa/behaviour.ts';
import { nodeHttpCall } from '../node-http/servers.ts';
import { noteGuard } from './declared-access.ts';
import { rootsOf } from './roots.ts';
import { webAppOf, type WebApp } from './web-app.ts';

/** What the code of a repository wires together when it starts. */
export interface Wiring {
  /** Every app and router that is made, in the order of making. */
  readonly apps: readonly WebApp[];
  readonly modules: Modules;
  readonly run: Run;
  /** Modules from which there was too much code to walk through to the end. */
  readonly unfinished: readonly Module[];
}

/** What each framework's package gives. */
const packages: readonly ((
  run: Run,
  callee: External,
  given: readonly Value[],
  site: Site,
  made: boolean,
) => Value | undefined)[] = [
  (run, callee, _, site) => expressCall(run, callee, site),
  fastifyCall,
  honoCall,
  koaCall,
  nodeHttpCall,
];

const fuel = 40_000;

/** Walks through a repository as if it were started, and notes what its apps are told. Nothing of it is run. */
export const wiringOf = fact((repository: Repository): Wiring => {
  const apps: WebApp[] = [];
  const modules = new Modules();
  const host: Host = {
    entered: noteGuard,
    called(run, callee, given, made, site) {
      for (const make of packages) {
        const value = make(run, callee, given, site, made);
        const app = webAppOf(value);
        if (app && !apps.includes(app)) apps.push(app);
        if (value) return value;
      }
      return undefined;
    },
  };
  const run = new Run(repository, modules, host, { fuel });
  const unfinished: Module[] = [];
  const within = (module: Module, walkThrough: () => unknown): void => {
    run.fuel = fuel;
    attempt(walkThrough);
    if (run.fuel < 0) unfinished.push(module);
  };
  for (const path of rootsOf(repository)) {
    const module = repository.module(path);
    if (module && !modules.has(path)) within(module, () => modules.load(run, module));
  }
  for (const { module } of modules.all()) within(module, () => runLeftovers(run, module));
  run.fuel = 5 * fuel;
  for (const finish of run.later) attempt(finish);
  return { apps, modules, run, unfinished };
});

function attempt(walkThrough: () => unknown): void {
  try {
    walkThrough();
  } catch (error) {
    if (!(error instanceof Thrown) && !(error instanceof OutOfFuel) && !(error instanceof RangeError)) throw error;
  }
}

/** Functions that make an app and that nobody calls here: tests, a platform or a tool does. */
function runLeftovers(run: Run, module: Module): void {
  if (!/\b(?:express|fastify|Fastify|Hono|Koa|createServer|Router)\b/.test(module.text)) return;
  const scope = run.modules.load(run, module).scope;
  for (const statement of module.tree.program.body) {
    const inner =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    if (!inner) continue;
    for (const made of topFunctions(inner))
      if (!run.ran.has(made) && makesApp(made))
        attempt(() =>
          run.invoke(
            functionValue(module, made, scope),
            made.params.map(() => unknown('what nobody here hands over')),
            { module, node: made },
          ),
        );
  }
}

function topFunctions(node: object & { type: string }): FunctionNode[] {
  const found: FunctionNode[] = [];
  walk(node as Parameters<typeof walk>[0], (inner) => {
    if (inner.type === 'ClassDeclaration' || inner.type === 'ClassExpression') return 'skip';
    if (!isFunction(inner)) return undefined;
    found.push(inner);
    return 'skip';
  });
  return found;
}

/** Whether a function itself makes an app: `express()`, `new Hono()`, `http.createServer(...)`. */
function makesApp(made: FunctionNode): boolean {
  let makes = false;
  walk(made.body, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return makes ? 'skip' : undefined;
    const { callee } = node;
    const name =
      callee.type === 'Identifier'
        ? callee.name
        : callee.type === 'MemberExpression'
          ? keyNameOf({ key: callee.property, computed: callee.computed })
          : undefined;
    if (name && /^(?:express|fastify|Fastify|Hono|OpenAPIHono|Koa|createServer)$/.test(name)) makes = true;
    return makes ? 'skip' : undefined;
  });
  return makes;
}
