import { join } from 'node:path';
import { KnownError } from '../errors.ts';
import { baselineOf, baselinePath, type Baseline } from '../flow/baseline.ts';
import { counted } from '../flow/conclusion.ts';
import type { Report } from '../flow/report.ts';
import { readBaseline, writeBaseline } from '../world/report-files.ts';

/** The baseline to measure against. Throws where there is none. */
export function baselineToUse(folder: string): Baseline {
  const baseline = readBaseline(folder);
  if (baseline) return baseline;
  throw new KnownError({
    code: 'no-baseline',
    what: 'There is no baseline here, so nothing is known.',
    where: join(folder, baselinePath),
    next: 'Accept what is there today: npx create-shipshape@latest check --baseline write',
  });
}

/** Writes down what is there today, and says where and how much. A baseline that exists may only get smaller. */
export function keepBaseline(folder: string, report: Report, today: Date): string {
  const before = readBaseline(folder);
  const baseline = baselineOf(report, today);
  if (before) refuseGrowth(before, baseline, join(folder, baselinePath));
  writeBaseline(folder, baseline);
  const accepted = Object.values(baseline.findings).flat().length;
  return `${join(folder, baselinePath)} is written: it accepts ${counted(accepted, 'finding', 'findings')}.`;
}

function refuseGrowth(before: Baseline, after: Baseline, path: string): void {
  const added = Object.entries(after.findings).flatMap(([rule, marks]) =>
    marks.filter((mark) => !before.findings[rule]?.includes(mark)).map(() => rule),
  );
  if (added.length === 0) return;
  const rules = [...new Set(added)].join(', ');
  throw new KnownError({
    code: 'baseline-grows',
    what: `A baseline may only get smaller, and ${added.length === 1 ? '1 finding is' : `${added.length} findings are`} new since it was written (${rules}).`,
    where: path,
    next: 'See them with --baseline use; mend them, or waive them in shipshape.json. To begin anew, remove the file first.',
  });
}
