import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Server } from '../frameworks/server.ts';
import type { Repository } from '../repository/repository.ts';
import { openCollector, type Collector } from './collector.ts';
import { copyOf, type ThrowAwayCopy } from './copy.ts';
import { environmentFor, exampleSettings, settingNames } from './environment.ts';
import { installIn, isMissingPackages } from './install.ts';
import { liveApp } from './live.ts';
import { probeManners, probeRoutes, type Manners, type ProbedRoute } from './probe.ts';
import type { LiveRoute } from './protocol.ts';
import { pause, runToEnd, startApp, type Ending, type Running, type RunOptions } from './running.ts';
import { startsOf, type Start } from './start-commands.ts';

/** What was seen while an app ran. */
export interface BootResult {
  /** The line that started it, and where it comes from. */
  readonly start: Start;
  readonly routes: readonly ProbedRoute[];
  /** Questions that are no routes, by name. */
  readonly exchanges: Manners;
  /** Names of spans were seen in these bodies. */
  readonly spans: readonly string[];
  readonly output: { readonly out: string; readonly error: string };
  /** How it ended after SIGTERM; undefined where it did not end. */
  readonly stopped: Ending | undefined;
  readonly stopSeconds: number;
  /** What happened without any setting; undefined where no setting is read at all. */
  readonly withoutSettings: { readonly listened: boolean; readonly output: string } | undefined;
  readonly settingNames: readonly string[];
  /** Where it wanted to call. */
  readonly refused: readonly { readonly host: string; readonly port: number | undefined }[];
}

export interface BootOptions {
  readonly folder: string;
  readonly repository: Repository;
  readonly server: Server;
  /** Packages may run their install scripts in the copy: some build their native half there. */
  readonly installScripts: boolean;
  /** The bundled preload, dist/boot-preload.mjs. */
  readonly preload: string;
  /** The environment of whoever calls; only PATH and the like are taken from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Says what is being run. */
  say(text: string): void;
}

/** An app that does not start here, with what it printed last. */
export interface NotBooted {
  readonly why: string;
  readonly tried: readonly { readonly start: Start; readonly tail: string }[];
}

const secondsToListen = 20;

/** Starts the app of a server in a throw-away copy, asks it everything as a stranger, and removes the copy. */
export async function bootOnce(options: BootOptions): Promise<BootResult | NotBooted> {
  const copy = copyOf(options.folder);
  const collector = await openCollector();
  try {
    return await bootIn(copy, collector, options);
  } finally {
    collector.close();
    copy.remove();
  }
}

async function bootIn(
  copy: ThrowAwayCopy,
  collector: Collector,
  options: BootOptions,
): Promise<BootResult | NotBooted> {
  const missing = await installMissing(copy.folder, options);
  if (missing !== undefined) return { why: missing, tried: [] };
  const names = settingNames(options.repository);
  const examples = writeExampleSettings(copy.folder, options);
  const unset = names.filter((name) => !examples.includes(`${name}=`));
  const run: RunOptions = {
    copy,
    preload: options.preload,
    milliseconds: secondsToListen * 1000,
    allowedPorts: [collector.port],
    environment: { ...environmentFor(options.environment, copy.home, unset), ...spansTo(collector) },
  };
  const tried: { start: Start; tail: string }[] = [];
  for (const start of startsOf(options.repository, options.server, copy.folder)) {
    const running = await attempt(start, run, options);
    if (running.urls().length > 0) return observe(start, running, run, { collector, names, server: options.server });
    tried.push({ start, tail: tailOf(running) });
    running.kill();
  }
  return { why: 'nothing that starts it led to an open port', tried };
}

/** Writes `.env` from the example that the project has for it, and returns its text. */
function writeExampleSettings(copy: string, { repository, server }: BootOptions): string {
  const texts = [...new Set(['', server.app.root])].map((folder) => {
    const text = exampleSettings(repository, folder);
    if (text !== undefined) writeFileSync(join(copy, folder, '.env'), text, { mode: 0o600 });
    return text ?? '';
  });
  return texts.join('\n').replaceAll(/^\s*#.*$/gm, '');
}

/** Installs what the project names and has not installed; the reason is given where that fails. */
async function installMissing(
  copy: string,
  { server, environment, installScripts, say }: BootOptions,
): Promise<string | undefined> {
  for (const folder of new Set([copy, join(copy, server.app.root)])) {
    if (!isMissingPackages(folder, copy)) continue;
    say(`Installing its packages in a copy, ${installScripts ? 'and running their scripts' : 'without their scripts'}`);
    const { ok, command, why } = await installIn(folder, environment, installScripts);
    if (!ok) return `its packages could not be installed by ${command}: ${why}`;
  }
  return undefined;
}

async function attempt(start: Start, run: RunOptions, { say }: BootOptions): Promise<Running> {
  const folder = join(run.copy.folder, start.folder);
  for (const line of start.before) {
    say(`Building in a copy: ${line}`);
    await runToEnd(line, folder, run);
  }
  say(`Starting in a copy: ${start.line}  (${start.from})`);
  return startApp(start, run);
}

async function observe(
  start: Start,
  running: Running,
  run: RunOptions,
  { collector, names, server }: { collector: Collector; names: readonly string[]; server: Server },
): Promise<BootResult> {
  try {
    const { url, live } = await liveApp(running);
    const routes = await probeRoutes(url, live.length > 0 ? live : routesAsRead(server), running.token);
    const exchanges = await probeManners(url, routes, running.token);
    await pause(1_200);
    const refused = running.events().flatMap((event) => (event.event === 'refused' ? [event] : []));
    const began = Date.now();
    const stopped = await running.terminate(10_000);
    const seen = {
      stopped,
      stopSeconds: (Date.now() - began) / 1000,
      spans: collector.received(),
      output: running.output(),
    };
    running.kill();
    return {
      start,
      routes,
      exchanges,
      refused,
      settingNames: names,
      ...seen,
      withoutSettings: await startNaked(start, run, names),
    };
  } finally {
    running.kill();
  }
}

/** A server without a framework has no list of its routes: those that were read in the source are tried. */
function routesAsRead({ framework, routes }: Server): LiveRoute[] {
  return routes.map(({ method, path }) => ({ framework, method, path, stoppable: false }));
}

/** The same start with no setting at all: a server that listens all the same has made up what it lacks. */
async function startNaked(
  start: Start,
  run: RunOptions,
  names: readonly string[],
): Promise<BootResult['withoutSettings']> {
  if (names.length === 0) return undefined;
  const environment = Object.fromEntries(Object.entries(run.environment).filter(([name]) => !names.includes(name)));
  for (const folder of new Set(['', start.folder])) rmSync(join(run.copy.folder, folder, '.env'), { force: true });
  const running = await startApp(start, { ...run, environment, milliseconds: 8_000 });
  running.kill();
  return { listened: running.urls().length > 0, output: tailOf(running) };
}

function spansTo({ port }: Collector): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
}

/** The last lines that it printed. */
function tailOf(running: Running): string {
  const { out, error } = running.output();
  return `${out}\n${error}`.trim().split('\n').slice(-12).join('\n');
}
