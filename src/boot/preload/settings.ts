import { appendFileSync, readFileSync } from 'node:fs';
import { settingsVariable, type BootEvent, type BootSettings } from '../protocol.ts';

/** What the parent told this process. */
export const settings = JSON.parse(process.env[settingsVariable] ?? '{}') as BootSettings;

/** Tells the parent. Never throws: the app must not notice. */
export function tell(event: BootEvent): void {
  try {
    appendFileSync(settings.journal, `${JSON.stringify(event)}\n`);
  } catch {
    // The copy is being removed: nobody listens any more.
  }
}

/** Where the processes of this run listen: the port they wanted to the port they got. */
export function ownPorts(): ReadonlyMap<number | undefined, number> {
  try {
    const lines = readFileSync(settings.journal, 'utf8').split('\n').filter(Boolean);
    const events = lines.map((line) => JSON.parse(line) as BootEvent);
    return new Map(events.flatMap((event) => (event.event === 'listening' ? [[event.wanted, event.port]] : [])));
  } catch {
    return new Map();
  }
}
