import { httpAppsOf, placeOfApp, type HttpApp } from '../../frameworks/http-apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { settingFiles } from '../../repository/started-files.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';
import { tracingOf, type Tracing } from './tracing.ts';

export default defineRule({
  id: 'telemetry/otel-wired',
  title:
    'Every request leaves a trace with its route, its status and the name of the service, sent by OTLP or to a product for it.',
  why: 'When it is slow or broken, somebody has to see which request, where, and since when, without changing the program first.',
  weight: 'high',
  stage: 'production',
  measured: true,
  finds:
    'The SDK of OpenTelemetry or a product that traces (Sentry, Datadog, New Relic, Application Insights, Honeycomb, Elastic and others), loaded by the start command or before the framework, in code that the app reaches; and the name of the service.',
  blind: 'Whether traces arrive: `--boot` starts a collector and looks.',
  fix: 'Add a file that starts the SDK of OpenTelemetry with a service name, and load it by `node --import ./src/telemetry.js`.',
  references: ['OpenTelemetry semantic conventions for HTTP', 'nodebestpractices 2.9, 5.1', 'OWASP Top 10:2025 A09'],
  check(repository) {
    const apps = httpAppsOf(repository);
    if (apps.length === 0) return [{ verdict: 'not-applicable', message: 'Nothing here answers requests over HTTP.' }];
    return apps.flatMap((app) => appFinding(repository, app));
  },
});

const searched = [
  'packages of OpenTelemetry and of products that trace',
  '--import and --require in start commands, Dockerfile, Procfile and NODE_OPTIONS',
  'imports of the entry file',
  'instrumentation.ts',
];

function appFinding(repository: Repository, { app, platform, where }: HttpApp): RuleFinding {
  const tracing = tracingOf(repository, app);
  if (!tracing) {
    const agent = settingFiles(repository).find((path) =>
      /instrumentation\.opentelemetry\.io\/inject|DD_TRACE_|NEW_RELIC_LICENSE|ddtrace|lumigo|OTEL_TRACES_EXPORTER/.test(
        repository.read(path) ?? '',
      ),
    );
    if (agent !== undefined)
      return { verdict: 'elsewhere', message: 'Tracing is put in where it runs.', by: agent, where: { path: agent } };
    if (platform !== undefined)
      return {
        verdict: 'not-applicable',
        message: `The platform starts it for each request and traces it (${platform}).`,
      };
    return {
      verdict: 'fail',
      message: 'Nobody can see what happens in it while it runs: no request leaves a trace.',
      where: placeOfApp(app),
      key: 'no tracing',
      confidence: 'certain',
      searched: [...searched, `${where.path} and what it imports`],
      remedy:
        'Add a file that starts the SDK of OpenTelemetry with a service name, and load it by `node --import ./src/telemetry.js`.',
    };
  }
  return (
    wrong(repository, tracing) ?? {
      verdict: 'pass',
      message: `Requests are traced by ${tracing.package}.`,
      where: tracing.where,
    }
  );
}

function wrong(
  repository: Repository,
  { package: name, unreached, after, isVendor, where }: Tracing,
): RuleFinding | undefined {
  const fail = (key: string, message: string, remedy: string): RuleFinding => ({
    verdict: 'fail',
    message,
    ...proofAt(repository, where.path, where.line),
    key,
    confidence: 'likely',
    remedy,
  });
  if (unreached)
    return fail(
      'never loaded',
      `Tracing is written down and never loaded: no request leaves a trace (${name}).`,
      `Load the file by \`node --import ./${where.path}\` in the start command.`,
    );
  if (after !== undefined)
    return fail(
      'too late',
      `Tracing starts after ${after} is loaded, too late to see its requests.`,
      `Load the file by \`node --import ./${where.path}\` in the start command.`,
    );
  if (isVendor || isNamed(repository)) return undefined;
  return fail(
    'no name',
    'Traces arrive without the name of the service: among those of others nobody finds them.',
    'Set `serviceName` of the SDK, or OTEL_SERVICE_NAME where the app runs.',
  );
}

function isNamed(repository: Repository): boolean {
  const name = /service_?name|service\.name|OTEL_SERVICE_NAME|OTEL_RESOURCE_ATTRIBUTES/i;
  return repository.files.some(
    ({ path, role, size }) =>
      size < 200_000 &&
      role !== 'fixture' &&
      role !== 'vendored' &&
      /\.(?:[cm]?[jt]sx?|ya?ml|json|toml|tf)$|Dockerfile|\.env/.test(path) &&
      !/lock/.test(path) &&
      name.test(repository.read(path) ?? ''),
  );
}
