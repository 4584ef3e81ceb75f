import { shown } from '../../flow/shown.ts';
import type { OwnCommand, Proof, RouteProof } from '../../retrofit/proof.ts';
import { wrap } from '../../world/terminal.ts';
import { promiseOf } from './outline.ts';
import { byNeed, keyInWords, routeCounts, routesInWords, shortAnswer, verdictInWords } from './proof-outline.ts';
import { tableLines, type Row } from './table.ts';
import type { Look } from './telling.ts';

/** Routes that are proven take one line each, and after these they are only counted. */
const provenShown = 40;

/** What was seen when the project ran before and after the change. */
export function proofText(proof: Proof, terminal: Look): string {
  const look = { colors: terminal.colors, width: Math.min(terminal.width, 100) };
  const { bold } = look.colors;
  return [
    '',
    wrap(`${bold('The proof:')} ${shown(routesInWords(proof))}`, look.width),
    ...startLines(proof, look),
    ...routeLines(proof.routes, look),
    ...ownLines(proof, look),
    ...droppedLines(proof, look),
    ...callLines(proof, look),
  ].join('\n');
}

function startLines({ before, after, seconds }: Proof, { colors, width }: Look): string[] {
  if (!before.started) return tailLines(before.tail, { colors, width });
  const took = `${before.seconds.toFixed(1)} s before${after?.started ? `, ${after.seconds.toFixed(1)} s after` : ''}`;
  const times = (['install', 'before', 'after', 'own'] as const)
    .filter((part) => seconds[part] >= 0.05)
    .map((part) => `${partsInWords[part]} ${seconds[part].toFixed(1)} s`);
  return [
    colors.dim(wrap(`${shown(before.command)} starts in ${took}. Time spent: ${times.join(', ') || 'none'}.`, width)),
    ...(after?.started === false ? tailLines(after.tail, { colors, width }) : []),
  ];
}

const partsInWords = { install: 'installing', before: 'runs before', after: 'runs after', own: 'own tests and build' };

function tailLines(tail: string, { colors, width }: Look): string[] {
  const lines = tail.trim() === '' ? [] : tail.trim().split('\n').slice(-8);
  return lines.map((line) => colors.dim(`    ${shown(line).slice(0, width - 4)}`.trimEnd()));
}

function routeLines(routes: readonly RouteProof[], look: Look): string[] {
  if (routes.length === 0) return [];
  const sorted = byNeed(routes);
  const telling = sorted.filter(({ verdict }) => verdict !== 'same');
  const same = sorted.filter(({ verdict }) => verdict === 'same');
  const told = [...telling, ...same.slice(0, provenShown)];
  const more = routes.length - told.length;
  return [
    '',
    ...tableLines(
      ['Route', 'Before', 'Stranger now', 'Signed in now'],
      told.map((route) => rowOf(route, look)),
      look,
    ),
    ...(more > 0 ? [look.colors.dim(`  and ${more} more, all proven (--json has them)`)] : []),
    ...legend(routes, look),
  ];
}

function rowOf({ key, verdict, why, before, stranger, signedIn }: RouteProof, { colors }: Look): Row {
  const marks = { same: colors.green('✓'), worse: colors.red('✗'), 'not-proven': colors.yellow('?') };
  return {
    mark: marks[verdict],
    cells: [keyInWords(key), ...[before, stranger, signedIn].map(shortAnswer).map(shown)],
    note: verdict === 'same' ? '' : `${verdictInWords(verdict)}: ${shown(why)}`,
  };
}

function legend(routes: readonly RouteProof[], { colors, width }: Look): string[] {
  const { notProven } = routeCounts(routes);
  const reached = routes.some(({ before, signedIn }) => /was reached/.test(before + signedIn));
  const sentences = [
    reached && 'reached: it changes something, so it was only seen that the request comes through.',
    notProven > 0 && 'What is not proven does not count as the same: try it by hand.',
  ];
  return sentences.filter((sentence) => sentence !== false).map((sentence) => colors.dim(wrap(sentence, width, '  ')));
}

function ownLines({ own, span }: Proof, { colors, width }: Look): string[] {
  const marks = {
    same: colors.green('✓'),
    better: colors.green('✓'),
    worse: colors.red('✗'),
    'not-proven': colors.yellow('?'),
  };
  const lines = own.map((command) => wrap(ownInWords(command), width, '    ', `  ${marks[command.verdict]} `));
  if (span)
    lines.push(wrap(spanInWords(span), width, '    ', `  ${span.arrived ? colors.green('✓') : colors.yellow('?')} `));
  return lines.length === 0 ? [] : ['', ...lines];
}

/** What became of a command of the project's own, in one sentence. */
export function ownInWords({ command, before, after, verdict, why }: OwnCommand): string {
  const told =
    verdict === 'not-proven'
      ? 'not proven'
      : before === after
        ? `${after} as before`
        : `${after}, before it ${before === 'passes' ? 'passed' : 'failed'}`;
  return shown(why === '' ? `${command} ${told}` : `${command} ${told}: ${why}`);
}

/** Whether telemetry works, in one sentence. */
export function spanInWords({ arrived, why }: NonNullable<Proof['span']>): string {
  if (arrived) return 'a trace of a request arrived';
  return shown(`no trace of a request was seen: ${why}`);
}

function droppedLines({ dropped }: Proof, { colors, width }: Look): string[] {
  if (dropped.length === 0) return [];
  return [
    '',
    colors.bold(wrap('Taken out of the plan, because something got worse with it', width)),
    ...dropped.flatMap(({ by, why }) => [
      `  ${colors.yellow('-')} ${by}`,
      colors.dim(wrap(promiseOf(by), width, '    ')),
      wrap(shown(why), width, '    '),
    ]),
  ];
}

function callLines({ refusedCalls }: Proof, { colors, width }: Look): string[] {
  if (refusedCalls.length === 0) return [];
  return [
    '',
    colors.bold(wrap('It wanted to call others, and was not let', width)),
    wrap(refusedCalls.map(shown).join(', '), width, '  '),
  ];
}
