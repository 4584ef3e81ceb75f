import { readFileSync } from 'node:fs';
import type { BootEvent } from './protocol.ts';

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What the processes of a run have told so far. */
export function eventsIn(journal: string): BootEvent[] {
  try {
    return readFileSync(journal, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as BootEvent);
  } catch {
    return [];
  }
}

/** The HTTP servers that listen. */
export function urlsIn(events: readonly BootEvent[]): string[] {
  return events.flatMap((event) =>
    event.event === 'listening' && event.kind !== 'other' ? [`${event.kind}://127.0.0.1:${event.port}`] : [],
  );
}

/** The process that listens: a shell, npm or nodemon in front of it would hide how it ends. */
export function listenerIn(events: readonly BootEvent[]): number | undefined {
  const listening = events.findLast((event) => event.event === 'listening');
  return listening?.event === 'listening' ? listening.pid : undefined;
}

/** How a process ended; undefined while it runs. */
export function endingOf(pid: number, events: readonly BootEvent[]): Ending | undefined {
  const told = events.find((event) => event.event === 'ended' && event.pid === pid);
  if (told?.event === 'ended') return { code: told.code, signal: null };
  try {
    process.kill(pid, 0);
    return undefined;
  } catch {
    return { code: null, signal: 'SIGTERM' };
  }
}
