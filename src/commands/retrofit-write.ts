import { randomBytes } from 'node:crypto';
import { relative } from 'node:path';
import { ask } from '../answers/questions.ts';
import { quote } from '../answers/replay.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import { checkRepository } from '../flow/check.ts';
import { recordedFiles } from '../guardrails/tests/retrofit.ts';
import { handoverPage } from '../reporters/retrofit/handover-page.ts';
import { outcomeJson } from '../reporters/retrofit/outcome-json.ts';
import { outcomeText } from '../reporters/retrofit/outcome-text.ts';
import { planText } from '../reporters/retrofit/plan-text.ts';
import { proofText } from '../reporters/retrofit/proof-text.ts';
import type { OutcomeTelling } from '../reporters/retrofit/telling.ts';
import { overlaid } from '../repository/overlay.ts';
import { inApp } from '../retrofit/in-app.ts';
import { withLocalSecret } from '../retrofit/local-secret.ts';
import type { PlannedStep, RetrofitPlan } from '../retrofit/plan.ts';
import type { Proof } from '../retrofit/proof.ts';
import { afterOf, type Step } from '../tree/step.ts';
import { addToRecord } from '../world/add-to-record.ts';
import { commitOnBranch, requireCommittable, type BranchCommits } from '../world/commit-branch.ts';
import { contentsOf } from '../world/content-of.ts';
import { dirtyFiles, type DirtyFile } from '../world/dirty.ts';
import { installExisting, type Installed } from '../world/install-existing.ts';
import { watchInterrupts, type Interrupts } from '../world/interrupts.ts';
import { stage } from '../world/timings.ts';
import { applyChanges } from '../world/write-changes.ts';
import { messageFor } from './retrofit-commits.ts';
import { nextCommands } from './retrofit-next.ts';
import { checkOptions, type Prepared } from './retrofit-path.ts';
import { proven, type Proven } from './retrofit-prove.ts';
import type { RetrofitRequest } from './retrofit-request.ts';
import type { Session } from './session.ts';

/** Proves a plan, writes all of it or nothing, installs, commits and tells. */
export async function carryOutRetrofit(
  request: RetrofitRequest,
  prepared: Prepared,
  session: Session,
): Promise<ExitCode> {
  const { folder, commits } = request;
  if (commits !== undefined) requireCommittable(folder, commits);
  refuseDirty(request, prepared.plan.steps);
  const interrupts = watchInterrupts();
  try {
    const tried = await proven(request, prepared, session, interrupts);
    if (!session.json) tellProof(tried, prepared, session);
    if (tried.plan.steps.length === 0) return nothingLeft(session);
    if (!(await wanted(request, session)))
      throw new KnownError({ code: 'not-confirmed', what: 'Stopped. Nothing was written.' });
    const steps = allSteps(request, prepared, tried);
    const written = { proof: tried.proof, plan: { ...tried.plan, steps } };
    const installed = await writeAndInstall(request, steps, session, interrupts);
    const telling = await tellingOf(request, prepared, written, { installed }, session);
    const page = writePage(request, prepared, telling, session);
    const committed = commit(request, [...steps, ...(installed?.steps ?? []), page], tried.proof, session);
    const told = { ...telling, ...committedIn(committed), notes: notesOn(installed, committed) };
    session.terminal.print(session.json ? outcomeJson(told) : outcomeText(told, session.terminal));
    return 0;
  } finally {
    interrupts.stop();
  }
}

/** What the plan does, the answers that were recorded, and the first secret of this computer. */
function allSteps({ folder }: RetrofitRequest, { scene }: Prepared, { plan, proof }: Proven): readonly PlannedStep[] {
  const contentOf = contentsOf(folder);
  const hasTests = plan.steps.some(({ by }) => by === 'tests');
  const isNew = ({ path }: PlannedStep): boolean => contentOf(path) === undefined;
  const recorded = hasTests && proof ? recordedFiles(scene, proof.recorded).filter(isNew) : [];
  const secret = withLocalSecret(scene, plan, contentOf, () => randomBytes(32).toString('base64url'));
  return [...plan.steps, ...recorded, ...secret];
}

/** The page for those who have to approve it: written last, because it tells what the install did, too. */
function writePage(
  { folder }: RetrofitRequest,
  { scene }: Prepared,
  telling: OutcomeTelling,
  { asTyped, environment, clock }: Session,
): PlannedStep {
  const path = inApp(scene, 'handover.html');
  const before = contentsOf(folder)(path);
  const page = { path, by: 'ownership', why: 'one page for those who have to approve it' } as const;
  const after = asTyped(handoverPage(telling));
  const step: PlannedStep =
    before === undefined ? { ...page, kind: 'create', after } : { ...page, kind: 'edit', before, after };
  applyChanges(folder, [step], { environment, now: clock });
  return step;
}

interface Done {
  readonly installed?: Installed | undefined;
}

async function writeAndInstall(
  { folder, install, installScripts: scripts }: RetrofitRequest,
  steps: readonly PlannedStep[],
  { environment, clock }: Session,
  { signal }: Interrupts,
): Promise<Installed | undefined> {
  const record = await stage('write', () => applyChanges(folder, steps, { environment, now: clock }));
  const changesPackages = steps.some(({ path }) => /(?:^|\/)package\.json$/.test(path));
  if (!record || !install || !changesPackages) return undefined;
  const installed = await stage('install', () => installExisting(folder, { scripts, environment, signal }));
  if (installed.steps.length > 0) addToRecord(folder, record.id, installed.steps, { environment });
  return installed;
}

function commit(
  { folder, commits: branch }: RetrofitRequest,
  steps: readonly (PlannedStep | Step)[],
  proof: Proof | undefined,
  { clock, version }: Session,
): BranchCommits | undefined {
  if (branch === undefined) return undefined;
  const told = steps.filter((step): step is PlannedStep => 'why' in step);
  return commitOnBranch(folder, { branch, steps, messageOf: (by) => messageFor(by, told, proof, version), now: clock });
}

function committedIn(committed: BranchCommits | undefined): Pick<OutcomeTelling, 'commits'> {
  return { commits: committed && { branch: committed.branch, count: committed.commits.length } };
}

async function tellingOf(
  request: RetrofitRequest,
  { scene, look, before }: Prepared,
  { plan, proof }: Proven,
  { installed }: Done,
  session: Session,
): Promise<OutcomeTelling> {
  const seen = plan.steps.filter(({ secret, path }) => !secret || scene.repository.file(path) !== undefined);
  const all = [...seen, ...(installed?.steps ?? [])];
  const now = overlaid(scene.repository, new Map(all.map((step) => [step.path, afterOf(step)])));
  const after = await stage('check again', () => checkRepository(now, checkOptions(now, session)));
  return {
    project: scene.app.name,
    version: session.version,
    date: session.clock.toISOString().slice(0, 10),
    plan,
    answers: scene.answers,
    before,
    after,
    proof,
    keys: look.keys,
    installed: installed?.ok ? installed.command : undefined,
    commits: undefined,
    next: nextCommands(request, scene, plan, installed, session),
    undo: undoLine(request, session),
    notes: notesOn(installed, undefined),
  };
}

function notesOn(installed: Installed | undefined, committed: BranchCommits | undefined): string[] {
  const failed =
    installed && !installed.ok ? [`The new packages could not be installed: ${installed.why.join(' ')}`] : [];
  const left = committed?.leftOut.map(({ path, why }) => `${path} is not committed: it ${why}`) ?? [];
  return [...(installed?.notes ?? []), ...failed, ...left];
}

function tellProof({ proof, plan }: Proven, { plan: planned }: Prepared, { terminal }: Session): void {
  if (!proof) return;
  terminal.print(proofText(proof, terminal));
  const isLess = plan.steps.length < planned.steps.length;
  if (isLess && plan.steps.length > 0) terminal.print(`\nWhat is left of the plan:\n${planText(plan, terminal)}`);
}

function nothingLeft({ terminal, json }: Session): ExitCode {
  const text = 'Nothing is left of the plan that could be brought in safely. Nothing was written.';
  terminal.print(json ? JSON.stringify({ code: 'nothing-left', message: text }) : text);
  return 1;
}

async function wanted({ yes }: RetrofitRequest, { terminal, json }: Session): Promise<boolean> {
  if (yes || json || !terminal.interactive) return true;
  const go = await ask({
    type: 'select',
    message: 'Nothing has been written yet. Write it?',
    choices: [
      { title: 'Write it', value: 'write' },
      { title: 'Stop', value: 'stop' },
    ],
    hint: 'arrows, then Enter',
  });
  return go === 'write';
}

/** As it is typed where retrofit was typed. */
function undoLine({ folder }: RetrofitRequest, { workingDirectory, version }: Session): string {
  const place = relative(workingDirectory, folder);
  return `npx create-shipshape@${version} undo${place === '' ? '' : ` ${quote(place)}`}`;
}

/** What a run would be refused for; nothing where it would not. */
export function dirtNote({ folder, allowDirty }: RetrofitRequest, { steps }: Pick<RetrofitPlan, 'steps'>): string {
  const dirty = allowDirty ? [] : dirtyAmong(folder, steps);
  if (dirty.length === 0) return '';
  return ` These files have changes that are not committed: ${dirty.map(({ path }) => path).join(', ')}. Commit them before the real run, or add --allow-dirty.`;
}

function dirtyAmong(folder: string, steps: RetrofitPlan['steps']): readonly DirtyFile[] {
  const paths = [...new Set(steps.map(({ path }) => path))];
  return (dirtyFiles(folder, paths) ?? []).filter(({ dirt }) => dirt !== 'ignored');
}

/** Files that hold changes which are nowhere else are changed only when that is wanted. */
function refuseDirty({ folder, allowDirty }: RetrofitRequest, steps: RetrofitPlan['steps']): void {
  const dirty = dirtyAmong(folder, steps);
  const [first] = dirty;
  if (!first || allowDirty) return;
  throw new KnownError({
    code: 'not-agreed',
    what: `These files would be changed, and have changes that are not committed: ${dirty.map(({ path, dirt }) => `${path} (${dirt})`).join(', ')}.`,
    where: first.path,
    next: 'Commit them first, or add --allow-dirty: your changes stay, and undo keeps them.',
  });
}
