import type { Server } from '../../frameworks/server.ts';
import { dependenciesOf } from '../../repository/apps.ts';
import { settingFiles } from '../../repository/started-files.ts';
import { keepFromCompilers } from '../../retrofit/compilers.ts';
import { dialectFor } from '../../retrofit/dialect-for.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { tracingOf } from '../../rules/telemetry/tracing.ts';
import { draftImages } from '../../retrofit/images.ts';
import { draftInstrumentation, whyNotNext } from './next.ts';
import { telemetryFiles, telemetryPackages, type TelemetryKit } from './retrofit-files.ts';
import { tooOld, whyNotByNode, whyNotHere } from './reasons.ts';
import { plannedStarts, whyNot, type PlannedStart } from './starts.ts';

export default defineRetrofit({
  id: 'telemetry',
  retrofit(scene, draft) {
    const { server } = scene;
    if (!server || isKept(scene, draft)) return;
    if (server.framework === 'next') return draftNext(scene, draft, server);
    const dialect = dialectOf(draft, server);
    const why =
      whyNotHere(scene, draft, server) ??
      tooOld(scene, draft, dialect) ??
      whyNotByNode(plannedStarts(scene, draft, dialect));
    if (why !== undefined) return draft.leave({ where: server.where, why, lines: [] });
    draftFiles(scene, draft, server, dialect);
    const starts = plannedStarts(scene, draft, dialect);
    for (const { path, made } of starts)
      if (made.kind === 'text') draft.edit(path, made.text, { why: 'loads telemetry before the app' });
    leaveStarts(draft, server, dialect, starts);
    leaveBundled(draft, server);
    draftImages(scene, draft);
    return undefined;
  },
});

/** Next.js makes its own spans; it only has to be told who listens. */
function draftNext(scene: Scene, draft: Draft, server: Server): void {
  const why = whyNotHere(scene, draft, server) ?? whyNotNext(scene, draft);
  if (why !== undefined) return draft.leave({ where: server.where, why, lines: [] });
  draftFiles(scene, draft, server, 'mjs');
  draftInstrumentation(scene, draft);
  draftImages(scene, draft);
  return undefined;
}

/** Telemetry that the project has already stays, whatever it is. */
function isKept({ app }: Scene, draft: Draft): boolean {
  const repository = draft.repository();
  const tracing = tracingOf(repository, app);
  if (tracing && !/(?:^|\/)guardrails\/telemetry[/.]/.test(tracing.where.path)) {
    if (!tracing.unreached && tracing.after === undefined)
      draft.keep(`requests are traced by ${tracing.package}`, tracing.where);
    else
      draft.leave({
        where: tracing.where,
        why: tracing.unreached
          ? `${tracing.package} is set up there and never loaded: load that file before the app`
          : `${tracing.package} starts after ${tracing.after} is loaded, too late to see its requests: load that file before the app`,
        lines: [`node --import ./${tracing.where.path}`],
      });
    return true;
  }
  const agent = settingFiles(repository).find((path) =>
    /instrumentation\.opentelemetry\.io\/inject|DD_TRACE_|NEW_RELIC_LICENSE|ddtrace|lumigo/.test(
      repository.read(path) ?? '',
    ),
  );
  if (agent !== undefined) draft.keep('tracing is put in where it runs', { path: agent });
  return agent !== undefined;
}

/** The files have to be of the kind that the app loads its framework as: so they meet the same one. Babel makes CommonJS of everything. */
function dialectOf(draft: Draft, { where, app }: Server): TelemetryKit['dialect'] {
  const repository = draft.repository();
  if ([...(app.manifest?.scripts.values() ?? [])].some((command) => /\bbabel-node\b|@babel\/register/.test(command)))
    return 'cjs';
  const module = repository.module(where.path);
  return module ? dialectFor(repository, module) : 'mjs';
}

function draftFiles(scene: Scene, draft: Draft, server: Server, dialect: TelemetryKit['dialect']): void {
  const { app, repository, inputs } = scene;
  if (draft.bytes(inApp(scene, `guardrails/telemetry.${dialect}`)) !== undefined) return;
  const serviceName = app.manifest?.name ?? (app.root.split('/').at(-1) || repository.name);
  for (const [path, text] of telemetryFiles({ dialect, routes: routesOf(server), serviceName }, inputs.templates)) {
    const to = inApp(scene, `guardrails/${path}`);
    if (draft.bytes(to) === undefined)
      draft.create(to, text, { why: /^\/\/ (.+?)\.?$/m.exec(text)?.[1] ?? 'telemetry' });
  }
  keepFromCompilers(scene, draft);
  draft.require(telemetryPackages);
  draft.setting({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    about: 'the address of a collector, where traces are sent; nowhere if empty',
    secret: false,
  });
  draft.setting({
    name: 'OTEL_EXPORTER_OTLP_HEADERS',
    about: 'what a hosted collector asks for, such as authorization=Bearer%20...',
    secret: true,
  });
}

function routesOf({ framework, app }: Server): TelemetryKit['routes'] {
  if (framework === 'nest') return dependenciesOf(app).has('@nestjs/platform-fastify') ? 'fastify' : 'express';
  const known = ['express', 'fastify', 'hono', 'koa', 'next'] as const;
  return known.find((name) => name === framework) ?? 'other';
}

/** What starts the app and stays as it is, with what belongs into it. */
function leaveStarts(draft: Draft, server: Server, dialect: string, starts: readonly PlannedStart[]): void {
  const option = `--import ./guardrails/telemetry.${dialect}`;
  for (const start of starts) {
    const why = whyNot(start);
    if (why === undefined) continue;
    draft.leave({ where: { path: start.path }, why: `telemetry is not loaded there: ${why}`, lines: [option] });
  }
  if (starts.some((start) => start.made.kind !== 'none' || whyNot(start) !== undefined)) return;
  const why = 'nothing was found that starts the app: load its telemetry where that is done';
  draft.leave({ where: server.listens ?? server.where, why, lines: [`node ${option}`] });
}

/** Express and Fastify tell of their routes also from inside a bundle; of Hono and Koa a bundle holds another copy than the one that is watched. */
function leaveBundled(draft: Draft, { framework, app }: Server): void {
  if (framework !== 'hono' && framework !== 'koa') return;
  const packs = [...(app.manifest?.scripts ?? [])].find(
    ([, command]) =>
      /\besbuild\b.*--bundle|\bncc\s+build\b/.test(command) &&
      !/--packages=external|--external[:= ]\S*(?:hono|koa)/.test(command),
  );
  if (!packs || !app.manifest) return;
  const [name, command] = packs;
  const lines = /\bncc\b/.test(command) ? [`--external ${framework}`] : ['--packages=external'];
  draft.leave({
    where: { path: app.manifest.path },
    why: `the script "${name}" packs ${framework} into one file with the app: spans come without their routes until it stays outside`,
    lines,
  });
}
