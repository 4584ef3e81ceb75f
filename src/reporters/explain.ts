import { groupTitle } from '../flow/danger.ts';
import type { Example } from '../rules/examples.ts';
import type { Rule } from '../rules/rule.ts';
import { wrap, type Terminal } from '../world/terminal.ts';
import { sectionsOf, standingOf } from './check/explanation.ts';
import { circumstancesOf, examplesToShow, filesOf } from './example.ts';

type Look = Pick<Terminal, 'colors' | 'width'>;

/** A rule for a person at a terminal. */
export function explained(rule: Rule, examples: readonly Example[], look: Look, version: string): string {
  const { bold, dim } = look.colors;
  const width = Math.min(look.width, 100);
  return [
    '',
    bold(rule.id),
    wrap(rule.title, width, '  '),
    dim(wrap(standingOf(rule), width, '  ')),
    ...sectionsOf(rule).flatMap(({ title, text, code }) => [
      '',
      bold(title),
      wrap(text, width, '  '),
      ...indented(code),
    ]),
    ...examplesToShow(examples).flatMap((example) => exampleLines(example, look)),
    '',
    `${bold('Ask it alone')}  npx create-shipshape@${version} check --only ${rule.id}`,
  ].join('\n');
}

function indented(code: string | undefined): string[] {
  return code === undefined ? [] : code.split('\n').map((line) => `    ${line}`);
}

function exampleLines(example: Example, { colors }: Look): string[] {
  const { bold, dim, red, green } = colors;
  const kind = example.kind === 'bad' ? red('Told') : green('Not told');
  return [
    '',
    `${bold(kind)}: ${example.title}`,
    ...circumstancesOf(example).map((sentence) => `  ${sentence}`),
    ...filesOf(example).flatMap(([path, text]) => [
      `  ${path}`,
      ...text.split('\n').map((line) => dim(`    ${line}`.trimEnd())),
    ]),
  ];
}

/** Rules by group, one line each. */
export function listed(rules: readonly Rule[], { colors, width }: Look): string {
  const { bold, dim } = colors;
  const groups = [...new Set(rules.map(({ id }) => id.slice(0, id.indexOf('/'))))];
  return groups
    .flatMap((group) => [
      '',
      bold(groupTitle(group)),
      ...rules
        .filter(({ id }) => id.startsWith(`${group}/`))
        .flatMap(({ id, title, weight, measured }) => [
          `  ${id} ${dim(measured ? weight : `${weight}, for a look`)}`,
          dim(wrap(title, Math.min(width, 100), '      ')),
        ]),
    ])
    .join('\n');
}

/** A rule for programs. */
export function explainedAsJson(rule: Rule, examples: readonly Example[]): string {
  return JSON.stringify({ ...factsOf(rule), examples: examplesToShow(examples) }, null, 2);
}

/** Rules for programs. */
export function listedAsJson(rules: readonly Rule[]): string {
  return JSON.stringify(rules.map(factsOf), null, 2);
}

function factsOf({ id, title, why, weight, stage, measured, finds, blind, fix, references }: Rule): object {
  return { id, title, why, weight, stage, measured, finds, blind, fix, references };
}
