import { existsSync, readFileSync, statSync } from 'node:fs';
import { quote } from '../answers/replay.ts';
import { guardrailsIn } from '../retrofit/given.ts';
import type { CommandLine } from '../answers/parse.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import { isCode } from '../code/parse.ts';
import { checkRepository, type CheckOptions } from '../flow/check.ts';
import type { Report } from '../flow/report.ts';
import { shown } from '../flow/shown.ts';
import { stageOf } from '../flow/stage.ts';
import { accessText } from '../reporters/retrofit/access-text.ts';
import { lookText } from '../reporters/retrofit/look-text.ts';
import { planObject } from '../reporters/retrofit/plan-json.ts';
import { planText } from '../reporters/retrofit/plan-text.ts';
import { printable } from '../repository/printable.ts';
import type { Repository } from '../repository/repository.ts';
import { lookAtProject, serverOf, type Look } from '../retrofit/look.ts';
import { nodeOf } from '../retrofit/node-of.ts';
import { planFileOf, readPlanFile, requireSamePlan } from '../retrofit/plan-file.ts';
import { planRetrofit } from '../retrofit/plan-retrofit.ts';
import type { RetrofitPlan } from '../retrofit/plan.ts';
import { recordedAnswers } from '../retrofit/recorded-answers.ts';
import { appToWorkOn, requireProject } from '../retrofit/scene-of.ts';
import type { Scene } from '../retrofit/scene.ts';
import { settleRetrofit } from '../retrofit/settle.ts';
import { rules } from '../rules/registry.ts';
import { openCheckout } from '../world/checkout.ts';
import { contentsOf } from '../world/content-of.ts';
import { writeReport } from '../world/report-files.ts';
import { placeInRepository } from '../world/state-folder.ts';
import { settleJournal } from '../world/settle-journal.ts';
import { shippedInputs } from '../world/shipped-inputs.ts';
import { stage } from '../world/timings.ts';
import { askApp, askRetrofit } from './retrofit-questions.ts';
import { retrofitRequest, type RetrofitRequest } from './retrofit-request.ts';
import { carryOutRetrofit, dirtNote } from './retrofit-write.ts';
import type { Session } from './session.ts';

/** Brings the guardrails into a project that exists. */
export async function runRetrofit(line: CommandLine, session: Session): Promise<ExitCode> {
  return retrofit(retrofitRequest(line, session), session);
}

/** Brings one guardrail in, with what it needs. */
export async function runAdd({ words, given }: CommandLine, session: Session): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined)
    throw new KnownError({
      code: 'missing-name',
      what: 'The guardrail to add is missing.',
      where: 'add',
      next: 'Name it: npx create-shipshape@latest add auth',
    });
  const only = guardrailsIn(name, 'add');
  return retrofit(retrofitRequest({ words: rest, given }, session, only), session);
}

/** What was seen of a project, and what came of asking. */
export interface Prepared {
  readonly scene: Scene;
  readonly look: Look;
  readonly before: Report;
  readonly plan: RetrofitPlan;
}

async function retrofit(request: RetrofitRequest, session: Session): Promise<ExitCode> {
  refuseMissingFolder(request.folder);
  if (!request.dryRun) tellSettled(request.folder, session);
  const prepared = await prepare(request, session);
  const { plan } = prepared;
  if (request.planOut !== undefined) return keepPlan(request.planOut, prepared, session);
  if (session.json && (request.dryRun || plan.steps.length === 0)) {
    session.terminal.print(JSON.stringify({ code: 'planned', ...planObject({ plan, questions: [] }) }, null, 2));
    return 0;
  }
  if (!session.json) tellPlan(prepared, session);
  if (request.dryRun && !session.json)
    session.terminal.print(`\nNothing was run and nothing was written.${dirtNote(request, plan)}`);
  if (request.dryRun || plan.steps.length === 0) return 0;
  return carryOutRetrofit(request, prepared, session);
}

/** What comes, and who may call what from then on. */
function tellPlan({ plan, scene }: Prepared, { terminal }: Session): void {
  terminal.print(planText(plan, terminal));
  const hasTable = plan.steps.some(({ path }) => /guardrails\/access\.[cm]js$/.test(path));
  if (hasTable) terminal.print(`\n${accessText(scene.answers.access, terminal)}`);
}

/** Writes the plan down, to be reviewed and applied later. */
function keepPlan(path: string, { plan, scene }: Prepared, { terminal, json, version }: Session): ExitCode {
  writeReport(path, `${JSON.stringify(planFileOf(plan, scene.answers, version), null, 2)}\n`);
  const next = `npx create-shipshape@${version} retrofit --plan ${quote(path)}`;
  if (json)
    terminal.print(
      JSON.stringify(
        { code: 'planned', ...planObject({ plan, questions: [] }), planFile: path, next: [next] },
        null,
        2,
      ),
    );
  else
    terminal.print(
      `${planText(plan, terminal)}\n\nThe plan is kept in ${path}. Nothing was run and nothing else was written. To apply it:\n  ${next}`,
    );
  return 0;
}

/** Looks, asks, plans. Reads only. */
async function prepare(request: RetrofitRequest, session: Session): Promise<Prepared> {
  const { folder } = request;
  const repository = await stage('open', () => openCheckout(folder));
  requireProject(repository);
  const look = await stage('look', () => lookAtProject(repository));
  const before = await stage('check', () => checkRepository(repository, checkOptions(repository, session)));
  const asks = session.terminal.interactive && !session.json && !request.yes;
  if (!session.json) tellLook(repository, look, before, session);
  const kept = request.plan === undefined ? undefined : readKept(request.plan, session.version);
  const named = kept?.given.app ?? request.given.app ?? (asks ? await askApp(repository, look) : undefined);
  const app = appToWorkOn(repository, look, named);
  const server = serverOf(repository, app);
  const about = { repository, app, server, clock: session.clock };
  const known = { ...recordedAnswers(repository, app.root, session.clock), ...request.given };
  const given = asks && !kept ? await askRetrofit(known, about, session) : known;
  const answers = kept?.given ?? settleRetrofit(given, about);
  const inputs = await stage('read templates', () => shippedInputs(session.version, session.clock));
  const node = nodeOf(repository, session.circumstances.nodeVersion);
  const scene: Scene = {
    repository,
    app,
    server,
    answers,
    inputs,
    node,
    installs: request.install,
    nested: placeInRepository(folder),
  };
  const plan = await stage('plan', () => planRetrofit(scene, { contentOf: contentsOf(folder) }));
  if (kept && request.plan !== undefined) requireSamePlan(kept, plan, request.plan);
  return { scene, look, before, plan };
}

function readKept(path: string, version: string): ReturnType<typeof readPlanFile> {
  try {
    return readPlanFile(readFileSync(path, 'utf8'), path, version);
  } catch (error) {
    if (error instanceof KnownError) throw error;
    throw new KnownError({
      code: 'bad-value',
      what: `The plan could not be read: ${error instanceof Error ? error.message : String(error)}`,
      where: path,
      next: 'Name a file that --plan-out has written.',
    });
  }
}

/** How a project is checked before and after. */
export function checkOptions(repository: Repository, { version, clock }: Session): CheckOptions {
  return { rules, stage: stageOf(repository), today: clock, version };
}

/** What it is. Code that does not parse comes first: nothing can be said of it, and it can hardly run. */
function tellLook(repository: Repository, look: Look, before: Report, { terminal }: Session): void {
  const broken = repository.unparsed.filter(({ path }) => isCode(path) && repository.file(path)?.role === 'source');
  for (const { path, why } of broken)
    terminal.print(
      `${terminal.colors.red('!')} ${printable(path)} could not be read as code, so nothing is known of it. Mend it first: ${shown(why)}`,
    );
  terminal.print(lookText({ ...look, missing: missingIn(before) }, terminal));
}

/** Broken promises, and at how many places. */
function missingIn({ findings, rules: asked }: Report): { rule: string; title: string; count: number }[] {
  return asked.flatMap(({ id, title }) => {
    const count = findings.filter(
      ({ rule, verdict, confidence }) => rule === id && verdict === 'fail' && confidence !== 'review',
    ).length;
    return count > 0 ? [{ rule: id, title, count }] : [];
  });
}

function refuseMissingFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return;
  throw new KnownError({
    code: 'not-a-folder',
    what: 'There is no folder to work on.',
    where: folder,
    next: 'Name the folder of a project: npx create-shipshape@latest retrofit ../my-prototype',
  });
}

/** A run that was stopped half-way comes first. */
function tellSettled(folder: string, { terminal, environment }: Session): void {
  const settled = settleJournal(folder, { environment });
  if (settled.kind === 'nothing') return;
  terminal.complain(`An earlier run was stopped half-way, and is now ${settled.kind}: ${settled.why}`);
  for (const path of settled.edited) terminal.complain(`  ${path} has been edited since, and was left as it is`);
}
