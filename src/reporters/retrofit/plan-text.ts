import { counted } from '../../flow/conclusion.ts';
import { placeText } from '../../repository/place.ts';
import type { Kept, Left, RetrofitPlan } from '../../retrofit/plan.ts';
import { sumOf } from '../../tree/step.ts';
import { wrap } from '../../world/terminal.ts';
import { changeLines } from './change-text.ts';
import { grownLines, newFileLines } from './new-files-text.ts';
import { groupsOf, leftTold, linesIn, type PlanGroup } from './outline.ts';
import { addedPackages } from './packages.ts';
import type { Look } from './telling.ts';
import { veilOf, type Veil } from './veil.ts';

/** A plan for a person at a terminal: what would change and why, what it costs, and what is left to do by hand. */
export function planText(plan: RetrofitPlan, terminal: Look): string {
  const look = { colors: terminal.colors, width: Math.min(terminal.width, 100) };
  const veil = veilOf(plan);
  const groups = groupsOf(plan);
  const working = groups.filter(({ changes }) => changes.length > 0);
  return [
    ...headLines(plan, working, look),
    ...working.flatMap((group) => groupLines(group, look, veil)),
    ...settingLines(plan, look, veil),
    ...leftLines(plan.left, look, veil),
    ...keptLines(plan.kept, look, veil),
  ].join('\n');
}

function headLines(plan: RetrofitPlan, groups: readonly PlanGroup[], { colors, width }: Look): string[] {
  const { bold, dim } = colors;
  if (groups.length === 0) return ['', bold('The plan: nothing has to change.')];
  return [
    '',
    wrap(`${bold('The plan:')} ${extentOf(plan)}`, width),
    wrap(`Packages: ${budgetOf(plan)}`, width),
    dim(wrap('Nothing has been changed yet. In a file, lines with - go and lines with + come.', width)),
    ...(groups.length > 2 ? ['', ...contents(groups, width)] : []),
  ];
}

/** How much is touched: `3 of your files change, 23 files come new (1,340 lines).` */
function extentOf({ steps }: RetrofitPlan): string {
  const files = sumOf(steps);
  const fresh = files.filter(({ before }) => before === undefined);
  const gone = files.filter(({ after }) => after === undefined).length;
  const changed = files.length - fresh.length - gone;
  const lines = fresh.reduce((sum, { after }) => sum + (linesIn(after) ?? 0), 0);
  const parts = [
    changed > 0 && `${changed} of your files ${changed === 1 ? 'changes' : 'change'}`,
    fresh.length > 0 &&
      `${counted(fresh.length, 'file comes', 'files come')} new (${lines.toLocaleString('en')} lines)`,
    gone > 0 && `${counted(gone, 'file goes', 'files go')}`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

/** What the packages cost: `2 new in package.json; with what they bring along 11, about 4 MB on disk.` */
function budgetOf({ steps, budget }: RetrofitPlan): string {
  const names = addedPackages(steps);
  if (names.length === 0) return 'none are added.';
  return `${names.join(', ')}. With what ${names.length === 1 ? 'it brings' : 'they bring'} along: ${counted(budget.packages, 'package', 'packages')}, about ${budget.megabytes} MB on disk.`;
}

function contents(groups: readonly PlanGroup[], width: number): string[] {
  const longest = Math.max(...groups.map(({ by }) => by.length));
  return groups.map(({ by, changes }) => {
    const fresh = changes.filter(({ kind }) => kind === 'create').length;
    const edited = changes.filter(({ kind, ofNew }) => kind !== 'create' && !ofNew).length;
    const parts = [edited > 0 && `${edited} of your files`, fresh > 0 && counted(fresh, 'new file', 'new files')];
    return wrap(parts.filter(Boolean).join(', ') || 'lines in the new files', width, '', `  ${by.padEnd(longest)}  `);
  });
}

function groupLines({ by, promise, changes }: PlanGroup, look: Look, veil: Veil): string[] {
  const { bold, dim } = look.colors;
  const fresh = changes.filter(({ kind, secret }) => kind === 'create' && !secret);
  const others = changes.filter((change) => !fresh.includes(change) && !change.ofNew);
  return [
    '',
    dim('─'.repeat(look.width)),
    `${bold(by)}`,
    dim(wrap(promise, look.width)),
    ...newFileLines(fresh, look, veil),
    ...grownLines(changes, look, veil),
    ...others.flatMap((change) => changeLines(change, look, veil)),
  ];
}

function settingLines({ settings }: RetrofitPlan, { colors, width }: Look, veil: Veil): string[] {
  if (settings.length === 0) return [];
  const longest = Math.min(28, Math.max(...settings.map(({ name }) => name.length)));
  return [
    '',
    colors.bold(wrap('Settings that the project reads from now on', width)),
    ...settings.map(({ name, about, secret }) => {
      const start = `  ${veil.sentence(name).padEnd(longest)}  `;
      return wrap(`${veil.sentence(about)}${secret ? ' (secret)' : ''}`, width, ' '.repeat(longest + 4), start);
    }),
  ];
}

function leftLines(left: readonly Left[], { colors, width }: Look, veil: Veil): string[] {
  if (left.length === 0) return [];
  return [
    '',
    colors.bold(wrap(`Left to you: ${counted(left.length, 'place', 'places')} that it will not touch`, width)),
    ...leftTold(left).flatMap(({ places, why, lines }) => [
      ...places.map((place) => `  ${colors.cyan(veil.sentence(place))}`),
      wrap(veil.sentence(why), width, '    '),
      ...(lines.length === 0 ? [] : [colors.dim('    To paste:'), '']),
      ...lines.map((line) => `${pasted(line, veil)}`),
      ...(lines.length === 0 ? [] : ['']),
    ]),
  ];
}

/** A line that is copied must not be wrapped or cut. */
function pasted(line: string, veil: Veil): string {
  return line
    .split('\n')
    .map((one) => `    ${veil.line(one.replaceAll('\t', '  '))}`.trimEnd())
    .join('\n');
}

function keptLines(kept: readonly Kept[], { colors, width }: Look, veil: Veil): string[] {
  if (kept.length === 0) return [];
  return [
    '',
    colors.bold('Stays as it is'),
    ...kept.map(({ what, where }) =>
      wrap(veil.sentence(where ? `${what} (${placeText(where)})` : what), width, '    ', '  - '),
    ),
  ];
}
