import { wrap, type Terminal } from '../world/terminal.ts';
import type { Outcome, Preview, Progress, Reporter, Verification } from './reporter.ts';
import { countsByFolder, fineprint, groupOf, headline, size } from './summary.ts';

/** For people: plain sentences, in colour and with moving parts only where somebody watches. */
export function textReporter(terminal: Terminal): Reporter {
  return {
    preview: (preview) => showPreview(preview, terminal),
    dryRun: (preview) => showDryRun(preview, terminal),
    working: (text) => showProgress(text, terminal),
    outcome: (outcome) => showOutcome(outcome, terminal),
    failure: (failure, stack) => {
      const { red, bold, dim } = terminal.colors;
      terminal.draw('');
      terminal.complain(`${red('error')} ${wrap(failure.what, terminal.width, '      ', '')}`);
      if (failure.where !== undefined) terminal.complain(`${dim('where')} ${failure.where}`);
      if (failure.next !== undefined) terminal.complain(`${dim(' next')} ${bold(failure.next)}`);
      if (stack !== undefined) terminal.complain(`\n${stack}`);
    },
    timings: (all) => {
      for (const { stage, milliseconds } of all)
        terminal.complain(`${milliseconds.toFixed(1).padStart(9)} ms  ${stage}`);
    },
  };
}

function showPreview({ answers, folder, files, budget }: Preview, { print, width, colors }: Terminal): void {
  const { bold, dim } = colors;
  const counts = countsByFolder(files.keys()).map(([group, count]) => `${group} ${count}`);
  print(`\n${bold(answers.name)} in ${folder}`);
  print(wrap(headline(answers), width, '  '));
  print(dim(wrap(fineprint(answers), width, '  ')));
  print(wrap(`${files.size} (${size(bytesOf(files))}): ${counts.join(', ')}`, width, '            ', '  Files     '));
  print(`  Packages  ${budget.packages}, about ${budget.megabytes} MB on disk\n`);
}

function showDryRun({ files, replay }: Preview, terminal: Terminal): void {
  const { bold, dim } = terminal.colors;
  const paths = [...files.keys()].toSorted((left, right) => (byFolder(left) < byFolder(right) ? -1 : 1));
  for (const path of paths) {
    terminal.print(`  ${dim(size(Buffer.byteLength(files.get(path) ?? '')).padStart(7))}  ${path}`);
  }
  terminal.print(`\n${bold('Nothing was written.')} To make it:\n  ${replay}`);
}

/** What sorts a file to the others of its folder. */
function byFolder(path: string): string {
  return `${groupOf(path)} ${path}`;
}

function showOutcome(outcome: Outcome, terminal: Terminal): void {
  const { bold, green, dim } = terminal.colors;
  const { answers, folder, files, installed, budget, commit, verification, notes, replay, next } = outcome;
  const made = [
    `${files.size} files`,
    installed ? `${budget.packages} packages installed` : 'packages not installed',
    commit === undefined ? 'no commit' : `first commit ${commit}`,
  ];
  terminal.print(`\n${green('Created')} ${bold(answers.name)} in ${folder}: ${made.join(', ')}.`);
  terminal.print(verdict(verification, terminal));
  for (const note of notes) terminal.print(wrap(note, terminal.width, '      ', 'Note: '));
  terminal.print(`\n${bold('The same without questions')}\n  ${dim(replay)}`);
  terminal.print(`\n${bold('Next')}`);
  for (const command of next) terminal.print(`  ${command}`);
}

function verdict(verification: Verification | undefined, { colors }: Terminal): string {
  if (verification === undefined)
    return `${colors.yellow('Not verified')}: nothing was run, because nothing was installed.`;
  const { command, passed, tests, seconds, tail } = verification;
  const counted = tests === undefined ? 'everything' : `types, lint and ${tests} tests`;
  if (passed) return `${colors.green('Verified')} by ${command}: ${counted} passed in ${seconds.toFixed(1)} s.`;
  return [`${colors.red('Not verified')}: ${command} failed.`, ...tail.map((line) => `  ${line}`)].join('\n');
}

function showProgress(text: string, terminal: Terminal): Progress {
  const { green, red, dim } = terminal.colors;
  const started = Date.now();
  const frames = ['|', '/', '-', '\\'];
  const draw = (): void => {
    const seconds = Math.round((Date.now() - started) / 1000);
    const frame = frames[Math.floor((Date.now() - started) / 120) % frames.length];
    terminal.draw(`${frame} ${text} ${dim(`${seconds} s`)}`.slice(0, terminal.width + 20));
  };
  const timer = terminal.animated ? setInterval(draw, 120) : undefined;
  if (!terminal.animated) terminal.print(`${text} ...`);
  return {
    end: (result, good = true) => {
      clearInterval(timer);
      terminal.draw('');
      terminal.print(`${good ? green('ok') : red('!!')} ${result}`);
    },
  };
}

function bytesOf(files: ReadonlyMap<string, string>): number {
  return [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
