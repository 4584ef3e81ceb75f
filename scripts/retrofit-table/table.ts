import type { Row } from './row.ts';

const columns: readonly (readonly [title: string, cell: (row: Row) => string])[] = [
  ['repository', ({ name }) => name],
  ['found', ({ found }) => found ?? '-'],
  ['planned', ({ planned }) => (planned ? `${planned.changes} changes, ${planned.left.length} left` : '-')],
  ['applied', ({ applied }) => yesNo(applied)],
  ['boots before', ({ boots }) => yesNo(boots?.before)],
  ['boots after', ({ boots }) => yesNo(boots?.after)],
  ['open routes left', ({ open }) => count(open)],
  ['same answers', ({ answers }) => answersCell(answers)],
  ['secrets left', ({ secrets }) => (secrets ? `${secrets.after} of ${secrets.before}` : '-')],
  ['own tests same', (row) => ownCell(row)],
  ['second run empty', (row) => secondCell(row)],
  ['undo identical', ({ undone }) => (undone ? (undone.length === 0 ? 'yes' : `no, ${undone.length}`) : '-')],
  ['plan s', ({ seconds }) => String(seconds['plan'] ?? '-')],
  ['all s', ({ seconds }) => String(seconds['retrofit'] ?? '-')],
  ['errors', ({ errors }) => errors.map(oneLine).join('; ')],
];

/** The table as Markdown, and below it whom each column holds for. */
export function tableOf(rows: readonly Row[]): string {
  return [
    `| ${columns.map(([title]) => title).join(' | ')} |`,
    `|${columns.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${columns.map(([, cell]) => cell(row)).join(' | ')} |`),
    '',
    ...totalsOf(rows),
  ].join('\n');
}

function totalsOf(rows: readonly Row[]): string[] {
  const today = rows.filter(({ boots }) => boots?.before === true);
  return [
    line('applied', rows, ({ applied }) => applied),
    line('boot after, of those that boot today', today, ({ boots }) => boots?.after),
    line('no open route left', rows, ({ open }) => open?.length === 0),
    line('no answer worse', today, ({ answers }) => answers?.worse.length === 0),
    line(
      'every route proven',
      today,
      ({ answers }) => answers && answers.worse.length + answers.notProven.length === 0,
    ),
    line('no secret left', rows, ({ secrets }) => secrets?.after === 0),
    line('own tests and build same', rows, ({ ownIsSame }) => ownIsSame),
    line('second run empty', rows, ({ second }) => second?.length === 0),
    line(
      'undo byte for byte, where something was written',
      rows.filter(({ applied }) => applied),
      ({ undone }) => undone?.length === 0,
    ),
    line('no error', rows, ({ errors }) => errors.length === 0),
  ];
}

function line(what: string, of: readonly Row[], holds: (row: Row) => boolean | undefined): string {
  return `- ${what}: ${of.filter((row) => holds(row) === true).length} of ${of.length}`;
}

function answersCell(answers: Row['answers']): string {
  if (!answers) return '-';
  const { same, notProven, worse } = answers;
  return `${same.length} same, ${notProven.length} not proven, ${worse.length} worse`;
}

function ownCell({ own, ownIsSame }: Row): string {
  if (!own) return '-';
  return own.length === 0 ? 'has none' : yesNo(ownIsSame);
}

function secondCell({ second, triedAgain = [] }: Row): string {
  if (!second) return '-';
  if (second.length > 0) return `no, ${second.length}`;
  return triedAgain.length === 0 ? 'yes' : `yes, but tries again: ${triedAgain.join(', ')}`;
}

function yesNo(value: boolean | undefined): string {
  return value === undefined ? '-' : value ? 'yes' : 'no';
}

function count(list: readonly string[] | undefined): string {
  return list ? String(list.length) : '-';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 160);
}
