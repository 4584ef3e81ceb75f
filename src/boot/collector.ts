import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes spans in, as an OpenTelemetry collector does, and keeps what they say. */
export interface Collector {
  readonly port: number;
  /** The bodies that came, as text; names of spans can be read in them in both encodings. */
  received(): readonly string[];
  /** Waits until more bodies than these have come, or the time is over. True where they have. */
  more(than: number, milliseconds: number): Promise<boolean>;
  close(): void;
}

/** Listens on a free port of the loopback address for OTLP over HTTP. */
export function openCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const waiting = new Set<() => void>();
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.url?.includes('/v1/traces')) bodies.push(Buffer.concat(parts).toString('latin1'));
      for (const look of waiting) look();
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        received: () => bodies,
        more: (than, milliseconds) =>
          new Promise((tell) => {
            const done = (): void => {
              waiting.delete(look);
              clearTimeout(timer);
              tell(bodies.length > than);
            };
            const look = (): void => void (bodies.length > than && done());
            const timer = setTimeout(done, milliseconds);
            waiting.add(look);
            look();
          }),
        close: () => void server.close(),
      }),
    );
  });
}
