import type { ExitCode } from '../errors.ts';
import { KnownError } from '../errors.ts';
import { checkRepository } from '../flow/check.ts';
import { overlaid } from '../repository/overlay.ts';
import { afterOf } from '../tree/step.ts';
import { addToRecord } from '../world/add-to-record.ts';
import { commitOnBranch, requireCommittable } from '../world/commit-branch.ts';
import { dirtyFiles } from '../world/dirty.ts';
import { installExisting } from '../world/install-existing.ts';
import { stage } from '../world/timings.ts';
import { applyChanges } from '../world/write-changes.ts';
import { checkOptions, type Prepared } from './retrofit-path.ts';
import type { RetrofitRequest } from './retrofit-request.ts';
import type { Session } from './session.ts';

/** Proves a plan, writes it, installs and tells. */
export async function carryOutRetrofit(
  request: RetrofitRequest,
  prepared: Prepared,
  session: Session,
): Promise<ExitCode> {
  const { folder } = request;
  const { scene, plan } = prepared;
  if (request.commits !== undefined) requireCommittable(folder, request.commits);
  refuseDirty(
    request,
    plan.steps.map(({ path }) => path),
  );
  const record = await stage('write', () =>
    applyChanges(folder, plan.steps, { environment: session.environment, now: session.clock }),
  );
  const changesPackages = plan.steps.some(({ path }) => /(?:^|\/)package\.json$/.test(path));
  if (record && request.install && changesPackages) {
    const installed = await stage('install', () =>
      installExisting(folder, {
        scripts: request.installScripts,
        environment: session.environment,
        signal: new AbortController().signal,
      }),
    );
    if (installed.steps.length > 0)
      addToRecord(folder, record.id, installed.steps, { environment: session.environment });
  }
  if (request.commits !== undefined)
    commitOnBranch(folder, {
      branch: request.commits,
      steps: plan.steps,
      messageOf: (by) => `Bring in ${by}`,
      now: session.clock,
    });
  const after = overlaid(scene.repository, new Map(plan.steps.map((step) => [step.path, afterOf(step)])));
  const report = await stage('check again', () => checkRepository(after, checkOptions(after, session)));
  session.terminal.print(`${report.findings.filter(({ verdict }) => verdict === 'fail').length} findings are left.`);
  return 0;
}

/** Files that hold changes which are nowhere else are changed only when that is wanted. */
function refuseDirty({ folder, allowDirty }: RetrofitRequest, paths: readonly string[]): void {
  const dirty = (dirtyFiles(folder, [...new Set(paths)]) ?? []).filter(({ dirt }) => dirt !== 'ignored');
  const [first] = dirty;
  if (!first || allowDirty) return;
  throw new KnownError({
    code: 'not-agreed',
    what: `These files would be changed, and have changes that are not committed: ${dirty.map(({ path, dirt }) => `${path} (${dirt})`).join(', ')}.`,
    where: first.path,
    next: 'Commit them first, or add --allow-dirty: your changes stay, and undo keeps them.',
  });
}
