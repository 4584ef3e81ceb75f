import { counted } from '../../flow/conclusion.ts';
import type { Report } from '../../flow/report.ts';
import { wrap, type Terminal } from '../../world/terminal.ts';
import { countsInWords, outlineOf, stageInWords, type GroupOutline, type RuleOutline } from './outline.ts';
import { notToldLines } from './text-rest.ts';
import { placeLines, ruleLines } from './text-rule.ts';

type Look = Pick<Terminal, 'colors' | 'width'>;

const factsShown = 5;

/** The report for a person at a terminal: the answer first, then the groups, the most dangerous first. */
export function tellAsText(report: Report, terminal: Look, all = false): string {
  const look = { colors: terminal.colors, width: Math.min(terminal.width, 100) };
  return [
    ...firstScreen(report, look),
    ...controlsRemoved(report, look),
    ...groupsLines(outlineOf(report), look, all),
    ...notToldLines(report, look, all),
    ...lastLines(report, look, all),
  ].join('\n');
}

/** What the one who decides has to know, in a few lines. */
export function firstScreen(report: Report, { colors, width }: Look): string[] {
  const { bold, dim } = colors;
  const { conclusion, about, repository, stage } = report;
  const facts = about
    .slice(0, factsShown)
    .map(({ text }) => text)
    .join(' · ');
  return [
    '',
    `${bold(repository)} ${dim(stageInWords[stage])}`,
    ...(facts === '' ? [] : [dim(wrap(facts, width, '  '))]),
    '',
    `${bold(question(report))} ${answer(report, colors)}`,
    ...conclusion.sentences.map((sentence) => wrap(sentence, width, '    ', '  - ')),
    ...(conclusion.next === undefined ? [] : ['', `${bold('Start here')}  ${conclusion.next}`]),
    ...sinceThen(report, width),
  ];
}

function question({ change, changedSince }: Report): string {
  if (change) return `Did it get worse since ${change.since}?`;
  return changedSince === undefined ? 'May this go live?' : `May what changed since ${changedSince} go live?`;
}

function answer({ conclusion, change, stage }: Report, { red, green, yellow, bold }: Look['colors']): string {
  if (change) return conclusion.answer === 'no' ? red(bold('Yes:')) : green(bold('No.'));
  if (conclusion.answer === 'no') return red(bold('No, because:'));
  if (conclusion.answer === 'not-known') return yellow(bold('That could not be told.'));
  return green(bold(stage === 'prototype' ? 'As a prototype, yes.' : 'Yes.'));
}

function sinceThen({ baseline, change }: Report, width: number): string[] {
  if (baseline) {
    const { known, gone, fresh, written } = baseline;
    const text = `Since the baseline of ${written}: ${fresh} new, ${known} known, ${gone} gone.`;
    return ['', wrap(gone > 0 ? `${text} Keep what was won: --baseline write.` : text, width)];
  }
  return change && change.mended > 0 ? ['', `${counted(change.mended, 'finding', 'findings')} less than before.`] : [];
}

function controlsRemoved({ findings }: Report, look: Look): string[] {
  const removed = findings.filter(({ control, verdict }) => control !== undefined && verdict === 'fail');
  if (removed.length === 0) return [];
  const { bold, red } = look.colors;
  return [
    '',
    bold(red('Control removed')),
    ...removed.flatMap((finding) => [wrap(finding.message, look.width, '    ', '  - '), ...placeLines(finding, look)]),
  ];
}

/** The groups: one with nothing to tell takes one line, close to its neighbours. */
function groupsLines(groups: readonly GroupOutline[], look: Look, all: boolean): string[] {
  let apart = true;
  return groups.flatMap((group) => {
    const rules = group.rules
      .map(withoutControls)
      .filter(({ verdict, failures }) => all || verdict === 'waived' || failures.length > 0);
    const gap = apart || rules.length > 0 ? [''] : [];
    apart = rules.length > 0;
    return [...gap, groupLine(group, look), ...rules.flatMap((rule) => ruleLines(rule, look, all))];
  });
}

function groupLine(group: GroupOutline, { colors }: Look): string {
  const { id, title, counts } = group;
  const { bold, dim } = colors;
  return `${counts.fail > 0 ? bold(title) : title} ${dim(`(${id}): ${countsInWords(group)}`)}`;
}

/** Controls that were removed have a section of their own. */
function withoutControls(rule: RuleOutline): RuleOutline {
  return { ...rule, failures: rule.failures.filter(({ control }) => control === undefined) };
}

/** The end of the output is what stands above the next prompt. */
function lastLines({ conclusion, findings, baseline }: Report, { colors, width }: Look, all: boolean): string[] {
  const { bold, red, green } = colors;
  const { blocking, counts } = conclusion;
  const known = findings.filter((finding) => finding.blocks && finding.known).length;
  const summary =
    blocking > 0
      ? red(
          bold(
            `${counted(blocking, 'finding stands', 'findings stand')} in the way${known > 0 ? `, ${known} of them known` : ''}.`,
          ),
        )
      : green(bold('Nothing found that stands in the way.'));
  const parts = [
    summary,
    `${counts.pass + counts.elsewhere} kept, ${counts.unknown} could not be told, ${counts.waived} waived.`,
    baseline?.fresh === 0 && 'Nothing is new since the baseline, so this run does not fail.',
    !all && findings.length > 0 && 'Everything: --all. A page for the person who decides: --output report.html.',
  ];
  return ['', wrap(parts.filter(Boolean).join(' '), width)];
}
