import { byDanger } from '../../flow/danger.ts';
import type { Report, ReportedFinding } from '../../flow/report.ts';
import { placeFromStart, type Telling } from './telling.ts';

/** Annotations for GitHub Actions. It shows ten of a kind, so each rule is told once before any is told twice. */
export function tellAsAnnotations({ findings, conclusion }: Report, telling: Telling): string {
  const failed = findings.filter(({ verdict, known }) => verdict === 'fail' && !known).toSorted(byDanger);
  const lines = eachRuleFirst(failed).map((finding) => annotation(finding, telling));
  const answer =
    conclusion.answer === 'no' ? `No, because: ${conclusion.sentences.join(' ')}` : conclusion.sentences.join(' ');
  return [...lines, plainLine(`May this go live? ${answer}`)].join('\n');
}

function eachRuleFirst(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const told = new Set<string>();
  const [first, others]: [ReportedFinding[], ReportedFinding[]] = [[], []];
  for (const finding of findings) {
    (told.has(finding.rule) ? others : first).push(finding);
    told.add(finding.rule);
  }
  return [...first, ...others];
}

function annotation(finding: ReportedFinding, telling: Telling): string {
  const { rule, message, remedy, where } = finding;
  const { path, line, column } = where ? placeFromStart(where, telling) : { path: '.' };
  const properties = [
    path !== '.' && `file=${property(path)}`,
    line !== undefined && `line=${line}`,
    column !== undefined && `col=${column}`,
    `title=${property(rule)}`,
  ].filter(Boolean);
  return `::${levelOf(finding)} ${properties.join(',')}::${data([message, remedy].filter(Boolean).join('\n'))}`;
}

function levelOf({ blocks, confidence }: ReportedFinding): string {
  if (blocks) return 'error';
  return confidence === 'review' ? 'notice' : 'warning';
}

/** As the runner reads it: percent signs and line ends are escaped. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A line that the runner takes for text, whatever is in it. */
function plainLine(text: string): string {
  return text.replaceAll('::', ': :').replaceAll('##[', '## [');
}
