import type { ReportedFinding } from '../../flow/report.ts';
import { placeText } from '../../repository/place.ts';
import { wrap, type Terminal } from '../../world/terminal.ts';
import type { RuleOutline } from './outline.ts';

type Look = Pick<Terminal, 'colors' | 'width'>;

/** How many places of one rule are shown unless everything is asked for. */
const placesShown = 3;

/** One rule with its places. What does not block is said in a sentence, unless everything is asked for. */
export function ruleLines(rule: RuleOutline, look: Look, all: boolean): string[] {
  const { dim } = look.colors;
  const others = rule.findings.filter(({ verdict }) => (all ? verdict !== 'fail' : verdict === 'waived'));
  return [
    `  ${mark(rule, look)} ${rule.id} ${dim(noteOf(rule))}`.trimEnd(),
    ...(all || rule.blocks ? failureLines(rule.failures, look, all) : inShort(rule.failures, look)),
    ...others.map((finding) => otherLine(finding, look)),
  ];
}

function failureLines(failures: readonly ReportedFinding[], look: Look, all: boolean): string[] {
  const shown = all ? failures : failures.slice(0, placesShown);
  const more = failures.length - shown.length;
  const remedy = failures[0]?.remedy;
  return [
    ...folded(shown).flatMap(([message, findings]) => [
      wrap(message, look.width, '      '),
      ...findings.flatMap((finding) => placeLines(finding, look)),
    ]),
    ...(more > 0 ? [look.colors.dim(`      and ${more} more`)] : []),
    ...(remedy === undefined ? [] : [wrap(remedy, look.width, '           ', `      ${look.colors.cyan('Mend')} `)]),
  ];
}

function inShort([worst, ...others]: readonly ReportedFinding[], { colors, width }: Look): string[] {
  if (!worst) return [];
  const place = worst.where && worst.where.path !== '.' ? placeText(worst.where) : '';
  const more = others.length > 0 ? `and ${others.length} more` : '';
  const where = [place, more].filter(Boolean).join(' ');
  return [colors.dim(wrap(where === '' ? worst.message : `${worst.message} (${where})`, width, '      '))];
}

/** Findings that say the same are said once. */
function folded(findings: readonly ReportedFinding[]): [string, ReportedFinding[]][] {
  const byMessage = new Map<string, ReportedFinding[]>();
  for (const finding of findings) byMessage.set(finding.message, [...(byMessage.get(finding.message) ?? []), finding]);
  return [...byMessage];
}

function noteOf({ weight, failures, blocks }: RuleOutline): string {
  const [worst] = failures;
  if (!worst) return '';
  const known = worst.known ? 'known' : '';
  if (worst.confidence === 'review') return [weight, 'have a look', known].filter(Boolean).join(', ');
  const sure = worst.confidence === 'likely' ? 'likely' : '';
  const later = worst.ruleStage === 'production' ? 'before production' : 'advice';
  return [weight, sure, blocks ? '' : later, known].filter(Boolean).join(', ');
}

function mark({ verdict, blocks }: RuleOutline, { colors }: Look): string {
  if (verdict === 'fail') return blocks ? colors.red('✗') : colors.yellow('!');
  if (verdict === 'unknown') return colors.yellow('?');
  if (verdict === 'waived') return colors.yellow('~');
  return verdict === 'not-applicable' ? colors.dim('-') : colors.green('✓');
}

/** Where it is, with the line that proves it; for an absence, where was looked. */
export function placeLines({ where, evidence, searched = [], known }: ReportedFinding, look: Look): string[] {
  const { dim, cyan } = look.colors;
  const looked =
    searched.length === 0 ? [] : [dim(wrap(`looked in ${searched.join(', ')}: nothing`, look.width, '        '))];
  if (!where || where.path === '.') return looked;
  const place = placeText(where);
  const proof = evidence === undefined ? '' : `  ${dim(cut(evidence, look.width - place.length - 10))}`;
  return [`        ${cyan(place)}${proof}${known ? dim('  (known)') : ''}`, ...looked];
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(12, room - 1))}…`;
}

function otherLine({ message, where, by, verdict, waiver }: ReportedFinding, { colors, width }: Look): string {
  const words: Readonly<Record<string, string>> = {
    pass: 'kept',
    unknown: 'cannot be told',
    'not-applicable': 'not applicable',
    elsewhere: `kept by ${by ?? 'another tool'}`,
  };
  const told = waiver
    ? `waived by ${waiver.owner} until ${waiver.until}: ${waiver.reason}`
    : `${words[verdict] ?? verdict}: ${message}`;
  const place = where && where.path !== '.' ? ` (${placeText(where)})` : '';
  return colors.dim(wrap(told + place, width, '        ', '      '));
}
