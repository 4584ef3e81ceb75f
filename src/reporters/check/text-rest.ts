import type { Report, ReportedFinding } from '../../flow/report.ts';
import type { NotRead } from '../../repository/repository.ts';
import { wrap, type Terminal } from '../../world/terminal.ts';

type Look = Pick<Terminal, 'colors' | 'width'>;

const shownUnlessAll = 5;

/** What could not be told and what was not read: no silence is taken for a pass. */
export function notToldLines(report: Report, look: Look, all: boolean): string[] {
  const unknown = report.findings.filter(({ verdict }) => verdict === 'unknown');
  return [
    ...section('Could not be told', foldedUnknowns(unknown), look, all),
    ...unknown.flatMap(({ stack }) => (stack === undefined ? [] : ['', look.colors.dim(stack)])),
    ...section('Was not read', foldedNotRead(report.notRead), look, all),
    ...section(
      'Waivers that nothing needs any more',
      report.unusedWaivers.map(({ rule, place }) => `${rule} at ${place}`),
      look,
      all,
    ),
  ];
}

function section(title: string, lines: readonly string[], { colors, width }: Look, all: boolean): string[] {
  if (lines.length === 0) return [];
  const shown = all ? lines : lines.slice(0, shownUnlessAll);
  const more = lines.length - shown.length;
  return [
    '',
    colors.bold(title),
    ...shown.map((line) => colors.dim(wrap(line, width, '    ', '  - '))),
    ...(more > 0 ? [colors.dim(`  and ${more} more`)] : []),
  ];
}

/** Each reason once, with the rules that it stopped. */
function foldedUnknowns(findings: readonly ReportedFinding[]): string[] {
  const byReason = new Map<string, Set<string>>();
  for (const { message, rule } of findings) byReason.set(message, (byReason.get(message) ?? new Set()).add(rule));
  return [...byReason].map(([message, rules]) => `${[...rules].join(', ')}: ${message}`);
}

function foldedNotRead(notRead: readonly NotRead[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { path, why } of notRead) byReason.set(why, [...(byReason.get(why) ?? []), path]);
  return [...byReason].map(([why, paths]) => {
    const [first = '', ...others] = paths;
    return others.length === 0 ? `${first}: ${why}` : `${first} and ${others.length} more: ${why}`;
  });
}
