import type { Example } from '../rules/examples.ts';

/** One bad and one good example to show: the plainest bad one, and a good one of the same file where there is one. */
export function examplesToShow(examples: readonly Example[]): readonly Example[] {
  const bad = plainest(examples.filter(({ kind }) => kind === 'bad'));
  const paths = new Set(Object.keys(bad?.files ?? {}));
  const good = examples.filter(({ kind }) => kind === 'good');
  const alike = good.filter(({ files }) => Object.keys(files).some((path) => paths.has(path)));
  return [bad, plainest(alike.length > 0 ? alike : good)].filter((example) => example !== undefined);
}

function plainest(examples: readonly Example[]): Example | undefined {
  return examples.toSorted((one, other) => costOf(one) - costOf(other))[0];
}

/** Near misses, many files and long ones take longer to understand; without any file there is nothing to see. */
function costOf({ files, hard }: Example): number {
  const texts = Object.values(files);
  const long = texts.join('').split('\n').length > 40;
  return (hard ? 2 : 0) + (texts.length === 0 ? 4 : texts.length - 1) + (long ? 2 : 0);
}

/** The files of an example; a made-up credential, `{{openai-key}}`, is told as what would stand there. */
export function filesOf({ files }: Example): [path: string, text: string][] {
  return Object.entries(files).map(([path, text]) => [
    path,
    text.replaceAll(/\{\{([a-z-]+)(?::[\w-]+)?\}\}/g, '<$1>').trimEnd(),
  ]);
}

/** What is special about an example beside its files. */
export function circumstancesOf({ without, untracked }: Example): string[] {
  return [
    without.length > 0 && `There is no ${without.join(', no ')}.`,
    untracked.length > 0 && `Git does not hold ${untracked.join(', ')}.`,
  ].filter((sentence) => typeof sentence === 'string');
}
