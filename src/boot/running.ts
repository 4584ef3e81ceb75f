import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ThrowAwayCopy } from './copy.ts';
import { loadingFirst } from './load-first.ts';
import { endingOf, eventsIn, listenerIn, urlsIn, type Ending } from './journal.ts';
import type { Watch } from './watch.ts';
import { settingsVariable, type BootEvent, type BootSettings } from './protocol.ts';
import type { Start } from './start-commands.ts';

/** How to run an app in a copy. */
export interface RunOptions {
  readonly copy: ThrowAwayCopy;
  readonly environment: Readonly<Record<string, string>>;
  /** The bundled preload. */
  readonly preload: string;
  readonly allowedPorts?: readonly number[];
  /** How long it may take until it listens. */
  readonly milliseconds: number;
  readonly watch: Watch;
}

/** An app that was started. */
export interface Running {
  /** The HTTP servers that listen; none when none did in time. */
  urls(): readonly string[];
  /** The servers of one of its processes. */
  urlsOf(pid: number): readonly string[];
  readonly token: string;
  /** Standard output and standard error, as far as written. */
  output(): { readonly out: string; readonly error: string };
  events(): readonly BootEvent[];
  ended(): Ending | undefined;
  /** Asks it to stop, and says how it ended within these milliseconds; undefined where it did not. */
  terminate(milliseconds: number): Promise<Ending | undefined>;
  /** Ends every process of it. */
  kill(): void;
  /** The same, and waits until none of them can write any more. */
  end(): Promise<void>;
}

const mostOutput = 400_000;
const mostOfLine = 60_000;

/** Starts an app and waits until it listens, ends, or takes too long. */
export async function startApp(start: Start, options: RunOptions): Promise<Running> {
  const token = randomBytes(16).toString('hex');
  const journal = join(options.copy.scratch, `${token}.journal`);
  mkdirSync(options.copy.scratch, { recursive: true });
  writeFileSync(journal, '');
  const folder = join(options.copy.folder, start.folder);
  const child = spawnShell(start.line, folder, { ...options, settings: settingsFor(token, journal, folder, options) });
  const texts = { out: '', error: '' };
  child.stdout?.on('data', (data: Buffer) => void (texts.out = (texts.out + data.toString()).slice(0, mostOutput)));
  child.stderr?.on('data', (data: Buffer) => void (texts.error = (texts.error + data.toString()).slice(0, mostOutput)));
  let ending: Ending | undefined;
  child.on('exit', (code, signal) => void (ending = { code, signal }));
  child.on('error', () => void (ending ??= { code: 127, signal: null }));

  const events = (): BootEvent[] => eventsIn(journal);
  const running = {
    token,
    output: () => texts,
    events,
    urls: () => urlsIn(events()),
    urlsOf: (pid: number) => urlsIn(events().filter((event) => 'pid' in event && event.pid === pid)),
    ended: () => ending,
    kill: () => endAll(child, events()),
    end: async () => {
      endAll(child, events());
      const told = events().flatMap((event) => (event.event === 'control' ? [event.pid] : []));
      await until(() => ending !== undefined && !told.some(isRunning), mostToEnd, 5);
    },
    terminate: async (milliseconds: number) => {
      const listening = listenerIn(events());
      const endingNow = (): Ending | undefined => (listening === undefined ? ending : endingOf(listening, events()));
      send(listening ?? -(child.pid ?? 0), 'SIGTERM');
      await until(() => endingNow() !== undefined, milliseconds);
      return endingNow();
    },
  };
  const gaveUp = whenQuiet(() => texts.out.length + texts.error.length, events);
  const began = (): boolean =>
    urlsIn(events()).length > 0 || ending !== undefined || options.watch.isOver() || gaveUp();
  await until(began, options.milliseconds);
  if (urlsIn(events()).length > 0) await settled(() => events().length);
  return running;
}

const quiet = 3_000;

/** What restarts an app when a file changes stays when the app has failed: nothing more is to come then. */
function whenQuiet(written: () => number, events: () => readonly BootEvent[]): () => boolean {
  let [last, since] = [-1, Date.now()];
  return () => {
    const now = written() + events().length;
    if (now !== last) [last, since] = [now, Date.now()];
    return Date.now() - since > quiet && events().some((event) => event.event === 'ended' && event.code !== 0);
  };
}

/** How a line ended, and what it printed last. */
export interface LineEnd {
  /** Undefined where it was ended because it took too long. */
  readonly ending: Ending | undefined;
  /** The end of its output, standard output and error together. */
  readonly output: string;
  /** True where it was ended because of what it said. */
  readonly said: boolean;
}

/** Runs a line to its end, such as a build. True when it ended well. */
export async function runToEnd(line: string, folder: string, options: RunOptions): Promise<boolean> {
  const { ending } = await runLine(line, folder, { ...options, milliseconds: options.milliseconds * 3 });
  return ending?.code === 0;
}

/**
 * Runs a line to its end, or ends it with everything that it started: when its time is used up, when somebody wants it to stop, or when it says
 * what `until` waits for.
 */
export async function runLine(
  line: string,
  folder: string,
  options: RunOptions & { readonly until?: RegExp },
): Promise<LineEnd> {
  const journal = join(options.copy.scratch, `${randomBytes(8).toString('hex')}.line`);
  // No app runs here whose framework would have to tell its routes.
  const settings = { ...settingsFor('-', journal, folder, options), roots: [] };
  const child = spawnShell(line, folder, { ...options, settings });
  let output = '';
  let said = false;
  const ending = await new Promise<Ending | undefined>((resolve) => {
    const done = (end: Ending | undefined): void => {
      clearTimeout(timer);
      options.watch.signal.removeEventListener('abort', stop);
      resolve(end);
    };
    const stop = (): void => done(undefined);
    const timer = setTimeout(stop, options.milliseconds);
    options.watch.signal.addEventListener('abort', stop, { once: true });
    const hear = (data: Buffer): void => {
      output = (output + data.toString()).slice(-mostOfLine);
      said ||= options.until?.test(output) ?? false;
      if (said) stop();
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', hear);
    child.on('close', (code, signal) => done({ code, signal }));
    // What it started in the background may hold its pipes.
    child.on('exit', (code, signal) => void setTimeout(() => done({ code, signal }), 500).unref());
    child.on('error', () => done({ code: 127, signal: null }));
  });
  endAll(child, eventsIn(journal));
  return { ending, output, said };
}

function settingsFor(token: string, journal: string, folder: string, { copy, allowedPorts }: RunOptions): BootSettings {
  return {
    token,
    journal,
    folder: join(copy.folder, '..'),
    roots: [folder, copy.folder],
    allowedPorts: allowedPorts ?? [],
  };
}

function spawnShell(
  line: string,
  folder: string,
  { copy, environment, preload, settings }: RunOptions & { settings: BootSettings },
): ChildProcess {
  const bins = [join(folder, 'node_modules/.bin'), join(copy.folder, 'node_modules/.bin')];
  return spawn(line, {
    cwd: folder,
    shell: true,
    // A group of its own, so that everything it starts can be ended with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environment,
      PATH: [...bins, environment['PATH'] ?? ''].join(delimiter),
      NODE_OPTIONS: loadingFirst(preload, folder),
      [settingsVariable]: JSON.stringify(settings),
    },
  });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

const mostToEnd = 400;

/** A process that has ended and is not buried yet seems to be there; only Linux tells the difference. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** Ends every process of a run, those that have left its group too. Nobody waits for one that still holds the pipes. */
function endAll(child: ChildProcess, events: readonly BootEvent[]): void {
  killGroup(child, 'SIGKILL');
  for (const event of events) if (event.event === 'control') send(event.pid, 'SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Nothing of it is left.
  }
}

async function until(holds: () => boolean, milliseconds: number, step = 25): Promise<void> {
  for (const end = Date.now() + milliseconds; !holds() && Date.now() < end;) await pause(step);
}

/** Waits until a number has not changed for a moment: routes may still be registered after the port is open. */
async function settled(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); await pause(150)) before = count();
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
