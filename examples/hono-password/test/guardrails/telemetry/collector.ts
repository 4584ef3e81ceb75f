// A stand-in for the place that traces and metrics are sent to. It keeps everything that it is sent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { readSpans, type Span } from '../../../scripts/trace-viewer/spans.ts';

/** One measurement, such as `http.server.request.duration`, as OTLP has it. */
export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly histogram?: {
    readonly dataPoints: readonly {
      readonly count: number;
      readonly sum: number;
      readonly explicitBounds: readonly number[];
      readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
    }[];
  };
}

interface SentMetrics {
  readonly resourceMetrics: readonly { readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[] }[];
}

/** Starts a collector on a free port. */
export async function startCollector() {
  const bodies: { readonly path: string | undefined; readonly body: string }[] = [];
  const server = createServer(async (req, res) => {
    bodies.push({ path: req.url, body: await text(req) });
    res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sent = (path: string): string[] => bodies.filter((one) => one.path === path).map(({ body }) => body);

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every byte that was sent, to search for secrets. */
    everything: (): string => bodies.map(({ body }) => body).join('\n'),
    spans: (): Span[] => sent('/v1/traces').flatMap(readSpans),
    metrics: (): Metric[] =>
      sent('/v1/metrics')
        .flatMap((body) => (JSON.parse(body) as SentMetrics).resourceMetrics)
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics)),
    stop: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
}
