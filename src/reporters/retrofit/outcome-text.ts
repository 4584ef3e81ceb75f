import { counted } from '../../flow/conclusion.ts';
import { shown } from '../../flow/shown.ts';
import { wrap } from '../../world/terminal.ts';
import { keysInWords, keysTold } from './keys-told.ts';
import { changesByGroup, openPoints, ruleCounts, turnInWords, turnOf, type GroupChange } from './outcome-outline.ts';
import { addedPackages } from './packages.ts';
import { ownInWords, spanInWords } from './proof-text.ts';
import { routesInWords } from './proof-outline.ts';
import type { Look, OutcomeTelling } from './telling.ts';
import { veilOf, type Veil } from './veil.ts';

const pointsShown = 12;

/** The end of a retrofit for a person at a terminal: what is better, how that is known, what is left, what to type next. */
export function outcomeText(outcome: OutcomeTelling, terminal: Look): string {
  const look = { colors: terminal.colors, width: Math.min(terminal.width, 100) };
  const groups = changesByGroup(outcome.before, outcome.after);
  const veil = veilOf(outcome.plan);
  return [
    ...headLines(outcome, groups, look),
    ...groups.flatMap((group) => groupLines(group, look)),
    ...verifiedLines(outcome, look),
    ...keyLines(outcome, look),
    ...pointLines(outcome, look, veil),
    ...lastLines(outcome, look),
  ].join('\n');
}

function headLines(outcome: OutcomeTelling, groups: readonly GroupChange[], { colors, width }: Look): string[] {
  const { bold, green } = colors;
  const { broken, mended, fresh } = ruleCounts(groups);
  const counts =
    broken === 0
      ? 'Nothing was broken before.'
      : `${mended} of ${counted(broken, 'broken promise is', 'broken promises are')} kept now.`;
  const newly =
    fresh === 0
      ? ''
      : ` ${counted(fresh, 'promise is', 'promises are')} broken that ${fresh === 1 ? 'was' : 'were'} not before.`;
  return [
    '',
    wrap(`${green('Done:')} ${bold(shown(outcome.project))}. ${counts}${newly}`, width),
    wrap(writtenInWords(outcome), width, '  '),
  ];
}

/** What stands on disk now, in one line. */
function writtenInWords({ plan, installed, commits }: OutcomeTelling): string {
  const packages = addedPackages(plan.steps).length;
  const files = new Set(plan.steps.map(({ path }) => path)).size;
  return [
    counted(files, 'file written', 'files written'),
    packages > 0 &&
      `${counted(packages, 'package', 'packages')} ${installed === undefined ? 'added and not installed' : `installed (${shown(installed)})`}`,
    commits && `${counted(commits.count, 'commit', 'commits')} on the branch ${shown(commits.branch)}, nothing pushed`,
  ]
    .filter(Boolean)
    .join(', ');
}

function groupLines({ title, rules }: GroupChange, { colors, width }: Look): string[] {
  return [
    '',
    colors.bold(title),
    ...rules.map((rule) => {
      const marks = {
        kept: colors.green('✓'),
        better: colors.yellow('!'),
        same: colors.red('✗'),
        worse: colors.red('✗'),
        'not-known': colors.yellow('?'),
      };
      const told = `${shown(rule.title).replace(/\.$/, '')} (${turnInWords(rule)})`;
      return wrap(told, width, '    ', `  ${marks[turnOf(rule)]} `);
    }),
  ];
}

function verifiedLines({ proof }: OutcomeTelling, { colors, width }: Look): string[] {
  if (!proof) return ['', wrap(`${colors.yellow('Not verified:')} nothing was run.`, width)];
  const told = [routesInWords(proof), ...proof.own.map(ownInWords), ...(proof.span ? [spanInWords(proof.span)] : [])];
  return ['', colors.bold('Verified by running it'), ...told.map((text) => wrap(shown(text), width, '    ', '  - '))];
}

function keyLines({ keys }: OutcomeTelling, { colors, width }: Look): string[] {
  const told = keysTold(keys);
  if (told.length === 0) return [];
  return [
    '',
    colors.red(colors.bold(`To change, if it is not done yet: ${keysInWords(told)}`)),
    ...told.flatMap(({ what, rotate }) => [`  ${colors.red('!')} ${what}`, wrap(rotate, width, '    ')]),
  ];
}

function pointLines(outcome: OutcomeTelling, { colors, width }: Look, veil: Veil): string[] {
  const points = openPoints(outcome);
  if (points.length === 0) return [];
  const more = points.length - pointsShown;
  return [
    '',
    colors.bold('Left for a person'),
    ...points
      .slice(0, pointsShown)
      .flatMap(({ what, where, lines }) => [
        wrap(veil.sentence(what), width, '    ', '  - '),
        ...(where === '' ? [] : [`    ${colors.cyan(shown(where))}`]),
        ...lines.flatMap((line) => line.split('\n').map((one) => `      ${veil.line(one)}`.trimEnd())),
      ]),
    ...(more > 0 ? [colors.dim(`  and ${more} more, in handover.html`)] : []),
  ];
}

function lastLines({ next, undo, notes }: OutcomeTelling, { colors, width }: Look): string[] {
  return [
    ...notes.flatMap((note) => ['', wrap(shown(note), width, '      ', 'Note: ')]),
    '',
    colors.bold('Next'),
    ...next.map((command) => `  ${shown(command)}`),
    '',
    `To take all of it back: ${shown(undo)}`,
  ];
}
