import { checkRepository, type CheckOptions } from '../flow/check.ts';
import { compareRepositories } from '../flow/compare.ts';
import type { Finding } from '../flow/finding.ts';
import { isGenerated, promisesOf } from '../flow/generated.ts';
import type { Proof } from '../flow/proofs.ts';
import type { Report } from '../flow/report.ts';
import { selector } from '../flow/select.ts';
import { stageOf } from '../flow/stage.ts';
import type { Repository } from '../repository/repository.ts';
import { rules } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { openCheckout } from '../world/checkout.ts';
import { changedSince } from '../world/git-changes.ts';
import { mergeBase, openRevision } from '../world/git-revision.ts';
import { shippedInputs } from '../world/shipped-inputs.ts';
import { stage } from '../world/timings.ts';
import type { Watched } from '../world/watched.ts';
import { allRules } from './all-rules.ts';
import { baselineToUse } from './check-baseline.ts';
import { lookThroughHistory } from './check-history.ts';
import type { CheckRequest } from './check-request.ts';
import type { Session } from './session.ts';

/** Looks at what was asked for, and makes the report of it. */
export async function reportFor(request: CheckRequest, session: Session, watched: Watched): Promise<Report> {
  const { folder, selection, diff } = request;
  const asked = selector(
    selection,
    allRules().map(({ id }) => id),
  );
  const chosen = rules.filter(({ id }) => asked(id));
  watched.say('reading the files');
  const repository = await stage('open', () => openCheckout(folder));
  const options: CheckOptions = {
    rules: chosen,
    rulesLeftOut: rules.length - chosen.length,
    stage: request.stage ?? stageOf(repository),
    today: session.clock,
    version: session.version,
    promises: (revision) => promisesFor(revision, session).filter(({ rule }) => asked(rule)),
    onRule: (id, done, all) => watched.say(`${done} of ${all}  ${id}`),
  };
  if (diff !== undefined) {
    const before = openRevision(folder, mergeBase(folder, diff) ?? diff);
    return stage('compare', () => compareRepositories(before, repository, { ...options, since: diff }));
  }
  const more = await alsoAsked(request, repository, watched);
  const seen = await seenRunning(request, repository, chosen, session);
  const proofs = [...(more.proofs ?? []), ...seen];
  return stage('check', () => checkRepository(repository, { ...options, ...more, proofs }));
}

/** What is looked at beside the files as they are: a baseline, a revision, the history. */
async function alsoAsked(
  { folder, baseline, changed, history }: CheckRequest,
  repository: Repository,
  watched: Watched,
): Promise<Partial<CheckOptions>> {
  const known = baseline === 'use' ? { baseline: baselineToUse(folder) } : {};
  const past = history ? await stage('history', () => lookThroughHistory(repository, folder, watched)) : {};
  if (changed === undefined) return { ...known, ...past };
  return { changed: { since: changed, paths: changedSince(folder, mergeBase(folder, changed) ?? changed) } };
}

/** What was seen in a running copy, where that was asked for. */
async function seenRunning(
  { folder, boot }: CheckRequest,
  repository: Repository,
  asked: readonly Rule[],
  session: Session,
): Promise<readonly Proof[]> {
  if (!boot) return [];
  const { proofsByBooting } = await import('./check-boot.ts');
  const request = { folder, ...boot, rules: asked, context: { today: session.clock } };
  return stage('boot', () => proofsByBooting(repository, request, session));
}

/** A project that create-shipshape made is asked by the same guardrails that made it. */
function promisesFor(repository: Repository, { version, clock }: Session): readonly Finding[] {
  return isGenerated(repository) ? promisesOf(repository, shippedInputs(version, clock)) : [];
}
