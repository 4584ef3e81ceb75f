import { linesOf } from '../../code/module.ts';
import { importsOf, packageNameOf } from '../../code/imports.ts';
import { resolveImport } from '../../code/resolve.ts';
import type { App } from '../../repository/apps.ts';
import { reachedFrom } from '../../repository/imported-files.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { mayImport } from '../../repository/specifiers.ts';
import { preloadsOf, startingFiles } from '../../repository/started-files.ts';

/** Products that trace requests by themselves. */
const vendors =
  /^(?:dd-trace|newrelic|elastic-apm-node|applicationinsights|appoptics-apm|logfire|@logfire\/node|@sentry\/(?:node|nextjs|nestjs|bun|sveltekit|remix|aws-serverless|google-cloud-serverless|profiling-node|astro|nuxt|hono|cloudflare)|@azure\/monitor-opentelemetry(?:-exporter)?|@honeycombio\/opentelemetry-node|@elastic\/opentelemetry-node|@splunk\/otel|@vercel\/otel|@appsignal\/nodejs|@instana\/collector|@google-cloud\/trace-agent|aws-xray-sdk(?:-core|-express)?|@highlight-run\/(?:node|next)|@uptrace\/node|@baselime\/node-opentelemetry|@contrast\/agent|skywalking-backend-js|@dynatrace\/oneagent|@aws\/aws-distro-opentelemetry-node-autoinstrumentation|@microlabs\/otel-cf-workers|@traceloop\/node-server-sdk|@solarwinds-apm|@grafana\/otel-node|@lightstep\/.*|@signoz\/.*|@opentelemetry\/auto-instrumentations-node)$/;
/** What makes traces; `@opentelemetry/api` alone makes none. */
const sdk = /^@opentelemetry\/(?:sdk-(?:node|trace|trace-node|trace-base)|node|tracing|auto-instrumentations-node)$/;

/** How an app traces its requests. */
export interface Tracing {
  readonly package: string;
  readonly isVendor: boolean;
  /** Where it is set up. */
  readonly where: Place;
  /** True when it is loaded by the start command, before the app. */
  readonly preloaded: boolean;
  /** True when the app never loads the file. */
  readonly unreached: boolean;
  /** A package that is loaded before it and so is not seen. */
  readonly after: string | undefined;
}

const frameworks = /^(?:express|fastify|koa|@hapi\/hapi|@nestjs\/core|restify|connect)$/;

/** The tracing of an app, the kind that is loaded first before the others. */
export function tracingOf(repository: Repository, app: App): Tracing | undefined {
  const byPackage = preloadsOf(repository, app).find(({ name }) => {
    const named = packageNameOf(name);
    return named !== undefined && (vendors.test(named) || sdk.test(named));
  });
  if (byPackage)
    return {
      package: packageNameOf(byPackage.name) ?? byPackage.name,
      isVendor: !byPackage.name.startsWith('@opentelemetry/'),
      where: byPackage.where,
      preloaded: true,
      unreached: false,
      after: undefined,
    };

  const before = preloadsOf(repository, app).flatMap(({ path }) => path ?? []);
  const starts = startingFiles(repository, app);
  const reached = reachedFrom(repository, starts);
  const first = reachedFrom(repository, before);
  const found = app.files.flatMap(({ path, role }) =>
    role === 'source' || role === 'config' ? (setUpIn(repository, path) ?? []) : [],
  );
  const starters = found.filter(({ where }) =>
    /\b(?:NodeSDK|\w*TracerProvider|init|start|setup|register\w*)\(/.test(repository.read(where.path) ?? ''),
  );
  const rated = (starters.length > 0 ? starters : found).map((setUp): Tracing => {
    const preloaded = first.has(setUp.where.path);
    const bySelf = /(?:^|\/)(?:instrumentation|sentry\.(?:server|edge)\.config)\.[cm]?[jt]s$/.test(setUp.where.path);
    const unreached = !bySelf && starts.length > 0 && !reached.has(setUp.where.path);
    return {
      ...setUp,
      preloaded,
      unreached,
      after: preloaded || bySelf ? undefined : loadedBefore(repository, starts, setUp.where.path),
    };
  });
  return (
    rated.find(({ unreached, after }) => !unreached && after === undefined) ??
    rated.find(({ unreached }) => !unreached) ??
    rated[0]
  );
}

function setUpIn(repository: Repository, path: string): Pick<Tracing, 'package' | 'isVendor' | 'where'> | undefined {
  const module =
    mayImport(repository, path, vendors) || mayImport(repository, path, sdk) ? repository.module(path) : undefined;
  if (!module) return undefined;
  const taken = importsOf(module).filter(({ typeOnly }) => !typeOnly);
  for (const { specifier, node } of taken) {
    const name = packageNameOf(specifier) ?? '';
    const isVendor = vendors.test(name) && !name.startsWith('@opentelemetry/');
    if (isVendor || sdk.test(name))
      return { package: name, isVendor, where: { path, line: linesOf(module, node).first } };
  }
  return undefined;
}

/** The framework that an entry file loads before it comes to the file that sets tracing up. */
function loadedBefore(repository: Repository, starts: readonly string[], target: string): string | undefined {
  for (const start of starts) {
    const order = loadOrder(repository, start);
    const at = order.indexOf(target);
    const framework = order.findIndex((name) => frameworks.test(name));
    if (at !== -1 && framework !== -1 && framework < at) return order[framework];
    if (at !== -1) return undefined;
  }
  return undefined;
}

/** Files and frameworks in the order in which they are loaded: what is imported comes before what imports it. */
function loadOrder(repository: Repository, start: string): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (path: string, depth: number): void => {
    if (seen.has(path) || depth > 60) return;
    seen.add(path);
    const module = repository.module(path);
    for (const { specifier, typeOnly } of module ? importsOf(module) : []) {
      if (typeOnly) continue;
      const file = resolveImport(repository, path, specifier);
      if (file !== undefined) visit(file, depth + 1);
      else {
        const name = packageNameOf(specifier) ?? '';
        if (vendors.test(name) || sdk.test(name)) order.push(path);
        else if (frameworks.test(name)) order.push(name);
      }
    }
    order.push(path);
  };
  visit(start, 0);
  return order;
}
