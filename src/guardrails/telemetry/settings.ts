import type { Setting } from '../../flow/project.ts';
import type { Values } from '../../flow/templates.ts';

/** What the telemetry of a project can be told from outside; the names are those of OpenTelemetry. */
export function telemetrySettings(values: Values): readonly Setting[] {
  return [
    setting('OTEL_EXPORTER_OTLP_ENDPOINT', 'z.url().optional()', 'where traces and metrics are sent; nowhere if empty'),
    serviceName(values),
    setting('DEPLOYMENT_ENVIRONMENT', "z.string().default('development')", 'where this copy runs, such as production'),
    setting('OTEL_TRACES_SAMPLER', "z.string().default('parentbased_always_on')", 'which requests are traced'),
    setting(
      'OTEL_TRACES_SAMPLER_ARG',
      'z.coerce.number().min(0).max(1).default(1)',
      'the share that is traced, 0 to 1',
    ),
    setting('OTEL_BSP_SCHEDULE_DELAY', milliseconds(1_000), 'milliseconds between batches'),
    setting('OTEL_METRIC_EXPORT_INTERVAL', milliseconds(60_000), 'milliseconds between metrics'),
  ];
}

/** The name of the app, in logs too. */
export function serviceName({ title = '' }: Values): Setting {
  return setting('OTEL_SERVICE_NAME', `z.string().default('${title}')`, 'the name of this app in traces and logs');
}

function setting(name: string, code: string, about: string): Setting {
  return { name, kind: 'setting', code, about };
}

function milliseconds(standard: number): string {
  return `z.coerce.number().positive().default(${standard})`;
}
