import type { Repository } from '../repository/repository.ts';
import { hasEnded, waiversOf, type Waiver } from '../repository/waivers.ts';
import type { ReportedFinding } from './report.ts';

/** What the waivers of a repository make of its findings. */
export interface Waived {
  readonly findings: readonly ReportedFinding[];
  /** Waivers that no finding needs any more. */
  readonly unused: readonly Waiver[];
}

/** Failures that somebody answers for are no failures until the last day of the waiver. An incomplete or ended one waives nothing. */
export function applyWaivers(repository: Repository, findings: readonly ReportedFinding[], today: Date): Waived {
  const holding = (waiversOf(repository) ?? [])
    .filter(({ problems, waiver }) => problems.length === 0 && !hasEnded(waiver, today))
    .map(({ waiver }) => waiver);
  const used = new Set<Waiver>();
  const judged = findings.map((finding): ReportedFinding => {
    const waiver = finding.verdict === 'fail' ? holding.find((candidate) => covers(candidate, finding)) : undefined;
    if (!waiver) return finding;
    used.add(waiver);
    return { ...finding, verdict: 'waived', blocks: false, waiver };
  });
  return { findings: judged, unused: holding.filter((waiver) => !used.has(waiver)) };
}

/** A safeguard that is taken away has to be named itself: a general waiver must not hide what a change does. */
function covers({ rule, place }: Waiver, finding: ReportedFinding): boolean {
  if (rule !== finding.rule) return false;
  if (place === finding.key || place === finding.fingerprint) return true;
  if (finding.control !== undefined) return false;
  if (place === '*') return true;
  const { path, line } = finding.where ?? { path: '.' };
  return place === path || place === `${path}:${line}` || (place.endsWith('/') && path.startsWith(place));
}
