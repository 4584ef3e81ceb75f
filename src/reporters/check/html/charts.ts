import { isForALook, type GroupOutline } from '../outline.ts';
import { groupTitle, groups } from '../../../flow/danger.ts';
import { markup, type Markup } from './markup.ts';

/** One part of a bar: the name of its colour, and how much. */
type Part = readonly [color: string, amount: number];

const meanings = [
  ['bad', 'stands in the way'],
  ['look', 'broken, does not block now'],
  ['maybe', 'to have a look at'],
  ['unsure', 'could not be told'],
  ['waived', 'waived'],
  ['good', 'kept'],
] as const;

/** Rules by group: how many are kept and how many are not. */
export function groupChart(outlines: readonly GroupOutline[]): Markup {
  const most = Math.max(1, ...outlines.map((group) => sum(partsOf(group))));
  const rows = outlines.map((group) => {
    const parts = partsOf(group);
    const kept = group.counts.pass + group.counts.elsewhere;
    const count = sum(parts) === 0 ? 'not applicable' : `${kept} of ${sum(parts)} kept`;
    return row(group.title, bar(parts, most, `${group.title}: ${count}`), count);
  });
  return markup`<div class="chart">${rows}</div>
    <ul class="legend">
      ${meanings.map(
        ([color, meaning]) =>
          markup`<li>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <rect width="10" height="10" rx="2" class="fill-${color}"></rect></svg
            >${meaning}
          </li>`,
      )}
    </ul>`;
}

function partsOf({ rules }: GroupOutline): Part[] {
  const count = (holds: (rule: GroupOutline['rules'][number]) => boolean): number => rules.filter(holds).length;
  return [
    ['bad', count(({ blocks }) => blocks)],
    ['look', count((rule) => rule.verdict === 'fail' && !rule.blocks && !isForALook(rule))],
    ['maybe', count(isForALook)],
    ['unsure', count(({ verdict }) => verdict === 'unknown')],
    ['waived', count(({ verdict }) => verdict === 'waived')],
    ['good', count(({ verdict }) => verdict === 'pass' || verdict === 'elsewhere')],
  ];
}

/** Findings by group, before and after. */
export function beforeAfterChart(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Markup {
  const ids = Object.keys({ ...groups, ...byGroup(before), ...byGroup(after) });
  const [was, is] = [byGroup(before), byGroup(after)];
  const told = ids.filter((id) => (was[id] ?? 0) + (is[id] ?? 0) > 0);
  const most = Math.max(1, ...told.map((id) => Math.max(was[id] ?? 0, is[id] ?? 0)));
  const rows = told.map((id) => {
    const [old, now] = [was[id] ?? 0, is[id] ?? 0];
    const title = groupTitle(id);
    const picture = markup`<span class="bar"
      >${svg([['none', old]], most, `${title}, before: ${old}`)}${svg([[now === old ? 'look' : now > old ? 'bad' : 'good', now]], most, `${title}, now: ${now}`)}</span
    >`;
    return row(title, picture, `${old} → ${now}`);
  });
  return markup`<div class="chart">${rows}</div>
    <p class="soft">Findings before (upper bar) and now (lower bar).</p>`;
}

function byGroup(counts: Readonly<Record<string, number>>): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [rule, count] of Object.entries(counts)) {
    const group = rule.slice(0, rule.indexOf('/'));
    sums[group] = (sums[group] ?? 0) + count;
  }
  return sums;
}

function row(title: string, picture: Markup, count: string): Markup {
  return markup`<span class="name">${title}</span>${picture}<span class="count">${count}</span>`;
}

function bar(parts: readonly Part[], most: number, label: string): Markup {
  return markup`<span class="bar">${svg(parts, most, label)}</span>`;
}

function svg(parts: readonly Part[], most: number, label: string): Markup {
  let x = 0;
  const rectangles = parts.map(([color, amount]) => {
    const width = (amount / most) * 100;
    const rectangle = markup`<rect
      x="${x.toFixed(2)}"
      width="${Math.max(0, width - 0.6).toFixed(2)}"
      height="10"
      class="fill-${color}"
    ></rect>`;
    x += width;
    return amount > 0 ? rectangle : undefined;
  });
  return markup`<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${label}">
    ${rectangles}
  </svg>`;
}

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, [, amount]) => total + amount, 0);
}
