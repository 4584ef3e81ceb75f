import type { BootEvent } from '../../boot/protocol.ts';

/** Where an app wanted to call, and was not let: `api.example.com:443`. */
export function callsIn(events: readonly BootEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.event !== 'refused') return [];
    const { host, port } = event;
    return [port === undefined || Number.isNaN(port) ? host : `${host}:${port}`];
  });
}
