import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { liveApp } from '../../boot/live.ts';
import { endingOf } from '../../boot/journal.ts';
import type { LiveRoute } from '../../boot/protocol.ts';
import { runToEnd, startApp, type Running } from '../../boot/running.ts';
import { startsOf, type Start } from '../../boot/start-commands.ts';
import { shown } from '../../flow/shown.ts';
import type { Server } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { settingsAskedFor } from './named-settings.ts';
import { bootSettings, type Stage } from './stage.ts';
import { tailOf } from './tail.ts';
import { unlistedIn } from './unlisted.ts';

/** An app that runs in the copy. */
export interface Booted {
  readonly start: Start;
  /** From the start of its command until it listened. */
  readonly seconds: number;
  readonly running: Running;
  readonly url: string;
  readonly live: readonly LiveRoute[];
  isAlive(): boolean;
}

/** An app that did not start, with what it printed last, masked. */
export interface NotStarted {
  readonly why: string;
  readonly tail: string;
  /** Routes for which the guards did not let it start. */
  readonly unlisted?: readonly string[];
  /** Settings that it named as missing, with values made up for them. */
  readonly asksFor?: Readonly<Record<string, string>>;
}

const secondsToListen = 20;

/** A computer with more work than it can do takes longer. */
function usualSeconds(): number {
  const [load = 0] = loadavg();
  return secondsToListen * Math.min(3, Math.max(1, load / availableParallelism() / 2));
}

/** How long a start may take that took so long before: it is not slow because of us when the computer is busy. */
export function secondsLike(before: number): number {
  return Math.max(usualSeconds(), 4 * before);
}

/** Ways to start the app of a project as it is now, the one that is known to work first. */
export function startsNow(stage: Stage, repository: Repository, server: Server, known?: KnownStart): readonly Start[] {
  const starts = startsOf(repository, server, stage.copy.folder).map((start) => withBuild(start, server));
  const same = known && (starts.find(({ line }) => line === known.start.line) ?? starts[known.index]);
  return same ? [same, ...starts.filter((start) => start !== same)] : starts;
}

/** The start that worked before any change, and its place among those that were possible. */
export interface KnownStart {
  readonly start: Start;
  readonly index: number;
}

/** What is built is built again: what lies there may be older than the code, and has not the changes in it. */
function withBuild(start: Start, { app }: Server): Start {
  const build = app.manifest?.scripts.get('build');
  const isBuilt = /\b(?:dist|build|out|lib|\.output|\.next)\b/.test(start.line) || /\bnext\s+start\b/.test(start.line);
  const isThere = start.before.length > 0 || build === undefined || !isBuilt || start.line.includes(build);
  return isThere ? start : { ...start, before: [build] };
}

/** Runs what has to run before a start. False where it fails. */
export async function runBuild(stage: Stage, start: Start): Promise<boolean> {
  const run = stage.runWith({}, 60_000);
  let ok = !start.before.some((line) => stage.done.get(line) === 'fails');
  for (const line of start.before.filter((each) => !stage.done.has(each))) {
    stage.options.say(`Building in a copy: ${shown(line)}`);
    ok = (await runToEnd(line, join(stage.copy.folder, start.folder), run)) && ok;
    stage.options.watch.check();
  }
  return ok;
}

interface HowToBoot {
  /** Settings beside its own. */
  readonly more?: Readonly<Record<string, string>>;
  /** How long it may take. */
  readonly seconds?: number;
}

/** Starts an app and waits until it listens. */
export async function bootApp(
  stage: Stage,
  start: Start,
  { more = {}, seconds = usualSeconds() }: HowToBoot = {},
): Promise<Booted | NotStarted> {
  const { say, watch } = stage.options;
  say(`Starting in a copy: ${shown(start.line)}  (${shown(start.from)})`);
  const began = performance.now();
  const running = await startApp(start, stage.runWith({ ...bootSettings(stage), ...more }, seconds * 1000));
  if (watch.signal.aborted || running.urls().length === 0) {
    const tail = tailOf(running);
    const hasEnded = running.ended() !== undefined;
    const { out, error } = running.output();
    const unlisted = unlistedIn(error);
    const asksFor = settingsAskedFor(`${out}\n${error}`);
    await running.end();
    watch.check();
    const why = hasEnded ? whyEnded(stage, tail) : `it did not listen within ${Math.round(seconds)} seconds`;
    return { why, tail, unlisted, asksFor };
  }
  const took = (performance.now() - began) / 1000;
  const { url, live } = await liveApp(running);
  return { start, seconds: took, running, url, live, isAlive: () => isAlive(running, url) };
}

const nativeHalf = /Could not locate the bindings file|\.node['"]?(?:\s|$)|lib[\\/]binding|node-gyp/;

function whyEnded({ options }: Stage, tail: string): string {
  if (!nativeHalf.test(tail) || options.installScripts) return 'it ended before it listened';
  return 'one of its packages has a part that only its install script builds; --install-scripts lets that run in the copy';
}

function isAlive(running: Running, url: string): boolean {
  const events = running.events();
  const listening = events.find((event) => event.event === 'listening' && url.endsWith(`:${event.port}`));
  return listening?.event === 'listening' && endingOf(listening.pid, events) === undefined;
}
