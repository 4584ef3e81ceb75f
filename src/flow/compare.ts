import type { Repository } from '../repository/repository.ts';
import { answersOf, ask, type OnRule } from './ask.ts';
import type { CheckOptions } from './check.ts';
import { controlsRemoved } from './difference.ts';
import { essenceOf, judged, type Answer } from './judge.ts';
import { withPromises } from './promises.ts';
import { reportOn } from './report-on.ts';
import type { Report, ReportedFinding } from './report.ts';
import { applyWaivers } from './waivers.ts';

export interface CompareOptions extends Pick<
  CheckOptions,
  'rules' | 'stage' | 'today' | 'version' | 'promises' | 'onRule' | 'rulesLeftOut'
> {
  /** The revision to compare with, as it was asked for. */
  readonly since: string;
}

/** Tells what the change from one revision to another made worse, and nothing else. */
export async function compareRepositories(
  before: Repository,
  after: Repository,
  options: CompareOptions,
): Promise<Report> {
  const today = options.today ?? new Date();
  const { rules, stage, onRule } = options;
  const promised = options.promises ?? (() => []);
  const answersOn = async (repository: Repository, told?: OnRule): Promise<readonly Answer[]> =>
    withPromises(await ask(repository, rules, { today }, told), promised(repository));
  const then = judged(await answersOn(before), stage);
  const earlier = then.filter(({ verdict }) => verdict === 'fail');
  const later = judged(await answersOn(after, onRule), stage);
  const { findings: now } = applyWaivers(after, later, today);
  const failing = now.filter(({ verdict }) => verdict === 'fail');
  const worse = applyWaivers(after, judged(await worsened(before, after, options), stage), today).findings;
  const fresh = freshOf(earlier, failing, after);
  const untold = fresh.filter((finding) => !worse.some((loss) => tellsAlready(loss, finding)));
  return reportOn(after, options, {
    findings: [
      ...worse.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown'),
      ...untold.map((finding) => asLoss(finding, then, before)),
    ],
    unusedWaivers: [],
    change: {
      since: options.since,
      commit: before.git?.head,
      mended: Math.max(0, earlier.length - (failing.length - fresh.length)),
      before: countsByRule(earlier),
      after: countsByRule(failing),
    },
  });
}

/** Failures that were not there before. One whose file was moved is not new. */
function freshOf(
  earlier: readonly ReportedFinding[],
  failing: readonly ReportedFinding[],
  after: Repository,
): ReportedFinding[] {
  const known = new Set(earlier.map(({ fingerprint }) => fingerprint));
  const moved = earlier.filter(
    ({ where }) => where !== undefined && where.path !== '.' && after.file(where.path) === undefined,
  );
  const essences = moved.map(essenceOf);
  return failing.filter((finding) => {
    if (known.has(finding.fingerprint)) return false;
    const at = essences.indexOf(essenceOf(finding));
    if (at !== -1) essences.splice(at, 1);
    return at === -1;
  });
}

/** A route that lost its guard is told as that, and not once more as an open route. */
function tellsAlready(loss: ReportedFinding, { rule, key }: ReportedFinding): boolean {
  const routes =
    loss.control === 'guard' && loss.verdict === 'fail' ? (loss.key ?? '').replace(/^guard /, '').split(', ') : [];
  return loss.rule === rule && key !== undefined && routes.includes(key);
}

/** Rules that ask for a safeguard to be there: when they were kept before and are broken now, somebody took it away. */
const askForSafeguard = new Set<string>([
  'agent/guard-files-protected',
  'auth/brute-force',
  'auth/regression-test',
  'ci/deploy-gated',
  'ci/gate-on-pr',
  'ci/workflow-hardened',
  'deps/lockfile-frozen',
  'deps/update-bot',
  'operability/container-hardened',
  'operability/health-and-shutdown',
  'ownership/lifecycle-expiry',
  'ownership/owner-declared',
  'security/http-hardening',
  'telemetry/otel-wired',
  'telemetry/structured-logs',
  'tests/exist-and-assert',
]);

/** A failure that says so; what is new in the repository never had a safeguard. */
function asLoss(finding: ReportedFinding, then: readonly ReportedFinding[], before: Repository): ReportedFinding {
  const { path } = finding.where ?? { path: '.' };
  const own = then.filter(({ rule }) => rule === finding.rule);
  const kept = own.some(({ verdict }) => verdict === 'pass') && own.every(({ verdict }) => verdict !== 'fail');
  const wasThere = path === '.' || before.files.some((file) => file.path === path || file.path.startsWith(`${path}/`));
  if (!kept || !wasThere || !askForSafeguard.has(finding.rule)) return finding;
  return { ...finding, control: finding.rule.slice(finding.rule.indexOf('/') + 1) };
}

/** What only a comparison can tell: rules that compare, and safeguards that are gone. */
async function worsened(
  before: Repository,
  after: Repository,
  { rules, rulesLeftOut = 0 }: CompareOptions,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const rule of rules) {
    const { compare } = rule;
    if (compare) answers.push(...(await answersOf(rule, async () => compare.call(rule, before, after))).map(marked));
  }
  const asked = new Set<string>(rules.map(({ id }) => id));
  const lost = controlsRemoved(before, after, rules);
  return [...answers, ...lost.filter(({ rule }) => rulesLeftOut === 0 || asked.has(rule.id))];
}

/** What a rule finds by comparing is a safeguard that got weaker. */
function marked(answer: Answer): Answer {
  return answer.finding.verdict === 'fail'
    ? { ...answer, control: answer.rule.id.slice(answer.rule.id.indexOf('/') + 1) }
    : answer;
}

function countsByRule(findings: readonly ReportedFinding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}
