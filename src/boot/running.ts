import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ThrowAwayCopy } from './copy.ts';
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
}

/** How a process ended, or that it has not. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** An app that was started. */
export interface Running {
  /** The HTTP servers that listen; none when none did in time. */
  urls(): readonly string[];
  /** The server of one of its processes. */
  urlOf(pid: number): string | undefined;
  readonly token: string;
  /** Standard output and standard error, as far as written. */
  output(): { readonly out: string; readonly error: string };
  events(): readonly BootEvent[];
  ended(): Ending | undefined;
  /** Asks it to stop, and says how it ended within these milliseconds; undefined where it did not. */
  terminate(milliseconds: number): Promise<Ending | undefined>;
  /** Ends every process of it. */
  kill(): void;
}

const mostOutput = 400_000;

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
    urlOf: (pid: number) => urlsIn(events().filter((event) => 'pid' in event && event.pid === pid))[0],
    ended: () => ending,
    kill: () => killGroup(child, 'SIGKILL'),
    terminate: async (milliseconds: number) => {
      const listening = listenerIn(events());
      const endingNow = (): Ending | undefined => (listening === undefined ? ending : endingOf(listening, events()));
      sendTerm(listening ?? -(child.pid ?? 0));
      await until(() => endingNow() !== undefined, milliseconds);
      return endingNow();
    },
  };
  await until(() => urlsIn(events()).length > 0 || ending !== undefined, options.milliseconds);
  if (urlsIn(events()).length > 0) await settled(() => events().length);
  return running;
}

/** Runs a line to its end, such as a build. True when it ended well. */
export async function runToEnd(line: string, folder: string, options: RunOptions): Promise<boolean> {
  const journal = join(options.copy.scratch, 'build.journal');
  const child = spawnShell(line, folder, { ...options, settings: settingsFor('-', journal, folder, options) });
  let ending: Ending | undefined;
  child.stdout?.resume();
  child.stderr?.resume();
  child.on('exit', (code, signal) => void (ending = { code, signal }));
  await until(() => ending !== undefined, options.milliseconds * 3);
  if (ending === undefined) killGroup(child, 'SIGKILL');
  return ending?.code === 0;
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
      NODE_OPTIONS: `--import ${pathToFileURL(preload).href}`,
      [settingsVariable]: JSON.stringify(settings),
    },
  });
}

function eventsIn(journal: string): BootEvent[] {
  try {
    return readFileSync(journal, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as BootEvent);
  } catch {
    return [];
  }
}

function urlsIn(events: readonly BootEvent[]): string[] {
  return events.flatMap((event) =>
    event.event === 'listening' && event.kind !== 'other' ? [`${event.kind}://127.0.0.1:${event.port}`] : [],
  );
}

/** The process that listens: a shell, npm or nodemon in front of it would hide how it ends. */
function listenerIn(events: readonly BootEvent[]): number | undefined {
  const listening = events.findLast((event) => event.event === 'listening');
  return listening?.event === 'listening' ? listening.pid : undefined;
}

function endingOf(pid: number, events: readonly BootEvent[]): Ending | undefined {
  const told = events.find((event) => event.event === 'ended' && event.pid === pid);
  if (told?.event === 'ended') return { code: told.code, signal: null };
  try {
    process.kill(pid, 0);
    return undefined;
  } catch {
    return { code: null, signal: 'SIGTERM' };
  }
}

function sendTerm(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Nothing of it is left.
  }
}

async function until(holds: () => boolean, milliseconds: number): Promise<void> {
  for (const end = Date.now() + milliseconds; !holds() && Date.now() < end;) await pause(25);
}

/** Waits until a number has not changed for a moment: routes may still be registered after the port is open. */
async function settled(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); await pause(150)) before = count();
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
