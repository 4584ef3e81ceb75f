import type { Example } from '../rules/examples.ts';

/** One bad and one good example to show: the plainest bad one, and a good one of the same file where there is one. */
export function examplesToShow(examples: readonly Example[]): readonly Example[] {
  const bad = plainest(examples.filter(({ kind }) => kind === 'bad'));
  const paths = new Set(Object.keys(bad?.files ?? {}));
  const good = examples.filter(({ kind }) => kind === 'good');
  const alike = good.filter(({ files }) => Object.keys(files).some((path) => paths.has(path)));
  const worthwhile = good.filter(({ files }) => linesIn(files) > 5);
  const shown = [alike, worthwhile, good].find((some) => some.length > 0) ?? [];
  return [bad, plainest(shown)].filter((example) => example !== undefined);
}

function plainest(examples: readonly Example[]): Example | undefined {
  return examples.toSorted((one, other) => costOf(one) - costOf(other))[0];
}

/** Near misses, many files and long ones take longer to understand; without any file there is nothing to see. */
function costOf({ files, hard }: Example): number {
  const count = Object.keys(files).length;
  return (hard ? 2 : 0) + (count === 0 ? 4 : count - 1) + (linesIn(files) > 40 ? 2 : 0);
}

function linesIn(files: Example['files']): number {
  return Object.values(files).join('').split('\n').length;
}

/** The files of an example, those of the revision before first; a made-up credential, `{{openai-key}}`, is told as what would stand there. */
export function filesOf({ files, before }: Example): [path: string, text: string][] {
  const earlier = Object.entries(before).map(([path, text]) => [`${path}, before`, text] as const);
  const later = Object.entries(files).map(
    ([path, text]) => [earlier.length > 0 ? `${path}, after` : path, text] as const,
  );
  return [...earlier, ...later].map(([path, text]) => [
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
