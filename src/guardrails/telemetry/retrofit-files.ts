import { inDialect, type Dialect } from '../../dialect/dialect.ts';
import type { Templates } from '../../flow/templates.ts';

/** What the preload of an existing project depends on. */
export interface TelemetryKit {
  readonly dialect: Dialect;
  /** Whose routes are named; `other` for a server that chooses by itself. */
  readonly routes: 'express' | 'fastify' | 'hono' | 'koa' | 'next' | 'other';
  readonly serviceName: string;
}

const folder = 'retrofit/telemetry';
const sampler = 'guardrails/telemetry/all/src/guardrails/telemetry-sampler.ts';

/** What the preload imports beside what the app has. */
export const telemetryPackages: readonly string[] = [
  '@opentelemetry/api',
  '@opentelemetry/context-async-hooks',
  '@opentelemetry/core',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace',
];

/** The preload and what belongs to it, by their path in the `guardrails` folder. */
export function telemetryFiles(
  { dialect, routes, serviceName }: TelemetryKit,
  templates: Templates,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const variant of [dialect, 'all', routes])
    for (const name of templates.list(`${folder}/${variant}`))
      files.set(name, templates.render(`${folder}/${variant}/${name}`, {}));
  files.set('telemetry/sampler.ts', templates.render(sampler, {}));
  files.set('telemetry/service-name.ts', serviceNameFile(serviceName));
  return new Map(
    [...files].map(
      ([path, text]) => [path.replace(/\.ts$/, `.${dialect}`), inDialect(text, dialect, templates)] as const,
    ),
  );
}

function serviceNameFile(name: string): string {
  return [
    '// The name of this app among the traces of others. OTEL_SERVICE_NAME says otherwise where it runs.',
    '',
    `export const serviceName = '${name.replaceAll(/[\\']/g, String.raw`\$&`)}';`,
    '',
  ].join('\n');
}
