import type { Report, ReportedFinding } from '../../flow/report.ts';
import { placeText } from '../../repository/place.ts';
import { countsInWords, outlineOf, stageInWords, type GroupOutline, type RuleOutline } from './outline.ts';
import { placeFromStart, type Telling } from './telling.ts';

/** A step summary of GitHub takes 1 MB, and nobody reads that much. */
const placesShown = 10;

/** For a step summary, a pull request or a page. */
export function tellAsMarkdown(report: Report, telling: Telling): string {
  const groups = outlineOf(report);
  const removed = report.findings.filter(({ control, verdict }) => control !== undefined && verdict === 'fail');
  return [
    `## ${headline(report)}`,
    ...report.conclusion.sentences.map((sentence) => `- ${plain(sentence)}`),
    ...(report.conclusion.next === undefined ? [] : ['', `Start here: ${code(report.conclusion.next)}`]),
    '',
    sentenceAbout(report),
    ...(removed.length === 0
      ? []
      : [
          '',
          '### Control removed',
          ...removed.map((finding) => `- ${plain(finding.message)}${placeOf(finding, telling)}`),
        ]),
    '',
    '| | kept | broken | to look at | cannot be told | waived |',
    '| --- | --: | --: | --: | --: | --: |',
    ...groups.map(row),
    ...groups.flatMap((group) => details(group, telling)),
    ...notRead(report),
    '',
  ].join('\n');
}

function headline({ conclusion, change }: Report): string {
  if (change)
    return conclusion.answer === 'no'
      ? `❌ It got worse since ${plain(change.since)}`
      : `✅ It did not get worse since ${plain(change.since)}`;
  if (conclusion.answer === 'no') return '❌ May this go live? No, because';
  return conclusion.answer === 'yes'
    ? '✅ May this go live? Nothing seen that stands in the way'
    : '❔ May this go live? That could not be told';
}

function sentenceAbout({ repository, stage, baseline, commit, version }: Report): string {
  const at = commit === undefined ? '' : ` at ${code(commit.slice(0, 12))}`;
  const since = baseline
    ? ` Since the baseline of ${baseline.written}: ${baseline.fresh} new, ${baseline.known} known, ${baseline.gone} gone.`
    : '';
  return `${code(repository)}${at}, checked ${stageInWords[stage]} by create-shipshape ${version}.${since}`;
}

function row({ title, counts, toLookAt }: GroupOutline): string {
  return `| ${title} | ${counts.pass + counts.elsewhere} | ${counts.fail - toLookAt} | ${toLookAt} | ${counts.unknown} | ${counts.waived} |`;
}

function details(group: GroupOutline, telling: Telling): string[] {
  const { title, rules } = group;
  const told = rules.filter(({ verdict }) => verdict === 'fail' || verdict === 'waived' || verdict === 'unknown');
  if (told.length === 0) return [];
  return [
    '',
    '<details>',
    `<summary><b>${title}</b>: ${countsInWords(group)}</summary>`,
    '',
    ...told.flatMap((rule) => ruleLines(rule, telling)),
    '</details>',
  ];
}

function ruleLines({ id, findings, failures, weight }: RuleOutline, telling: Telling): string[] {
  const others = findings.filter(({ verdict }) => verdict === 'unknown' || verdict === 'waived');
  const shown = telling.all ? failures : failures.slice(0, placesShown);
  const more = failures.length - shown.length;
  const remedy = failures[0]?.remedy;
  return [
    `#### ${code(id)}${failures.length > 0 ? ` (${weight})` : ''}`,
    ...shown.map(
      (finding) =>
        `- ${plain(finding.message)}${placeOf(finding, telling)}${finding.evidence === undefined ? '' : ` ${code(finding.evidence)}`}`,
    ),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...others.map(
      ({ verdict, message, waiver }) =>
        `- ${verdict === 'waived' && waiver ? `waived by ${code(waiver.owner)} until ${waiver.until}: ${plain(waiver.reason)}` : `cannot be told: ${plain(message)}`}`,
    ),
    ...(remedy === undefined ? [] : ['', `**Mend:** ${plain(remedy)}`]),
    '',
  ];
}

function placeOf({ where }: ReportedFinding, telling: Telling): string {
  return where && where.path !== '.' ? ` (${code(placeText(placeFromStart(where, telling)))})` : '';
}

function notRead({ notRead: files }: Report): string[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, placesShown).map(({ path, why }) => `- ${code(path)}: ${plain(why)}`);
  return ['', '<details>', `<summary>Not read: ${files.length}</summary>`, '', ...shown, '</details>'];
}

/** Text that Markdown and HTML take for text, and that calls nobody by name. What stands between backticks stays code. */
function plain(text: string): string {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : escaped(part)))
    .join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|#~]/g, String.raw`\$&`)
    .replaceAll(/(?<=^|\W)@(?=\w)/g, '@<!-- -->')
    .replaceAll('://', ':<!-- -->//');
}

/** A code span, whatever it holds. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : fence + text + fence;
}
