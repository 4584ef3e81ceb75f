import { aboutOf } from '../frameworks/about.ts';
import { printable } from '../repository/printable.ts';
import type { Place } from '../repository/place.ts';
import type { NotRead, Repository } from '../repository/repository.ts';
import { byCodeUnit } from '../tree/lines.ts';
import { conclude } from './conclusion.ts';
import { shown } from './shown.ts';
import type { CheckOptions } from './check.ts';
import type { Report, ReportedFinding, ReportedRule } from './report.ts';

/** What there is to tell; the rest of a report follows from the repository. */
export type Told = Pick<Report, 'findings' | 'unusedWaivers' | 'baseline' | 'change' | 'changedSince'>;

/** The report of a run. From here on every path is printable. */
export function reportOn(
  repository: Repository,
  {
    rules,
    stage,
    version,
    today = new Date(),
    rulesLeftOut = 0,
    notRead = [],
  }: Pick<CheckOptions, 'rules' | 'stage' | 'version' | 'today' | 'rulesLeftOut' | 'notRead'>,
  told: Told,
): Report {
  const findings = told.findings.map(printablePlace);
  const shownPart = { ...told, findings };
  return {
    schema: 1,
    version,
    repository: printable(repository.name),
    commit: repository.git?.head,
    date: today.toISOString().slice(0, 10),
    stage,
    conclusion: conclude({ ...shownPart, rulesLeftOut }, stage, version),
    about: aboutOf(repository).map(({ text, where }) => ({
      text: shown(text),
      ...(where && { where: printedPlace(where) }),
    })),
    rules: rules.map(({ id, title, weight, stage: from }): ReportedRule => ({ id, title, weight, stage: from })),
    rulesLeftOut,
    ...shownPart,
    notRead: [...repository.notRead, ...repository.unparsed, ...notRead].map(printableNotRead).toSorted(byPath),
    files: repository.files.length,
  };
}

function printablePlace(finding: ReportedFinding): ReportedFinding {
  return finding.where ? { ...finding, where: printedPlace(finding.where) } : finding;
}

function printedPlace(place: Place): Place {
  return { ...place, path: printable(place.path) };
}

function printableNotRead({ path, why }: NotRead): NotRead {
  return { path: printable(path), why: shown(why) };
}

function byPath(one: NotRead, other: NotRead): number {
  return byCodeUnit(one.path, other.path);
}
