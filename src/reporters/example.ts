import type { Example } from '../rules/examples.ts';

/** One example of each kind to show, the plainest: with code, short, no near miss where there is another. */
export function examplesToShow(examples: readonly Example[]): readonly Example[] {
  return (['bad', 'good'] as const).flatMap((kind) => {
    const [plainest] = examples
      .filter((example) => example.kind === kind)
      .toSorted((one, other) => costOf(one) - costOf(other));
    return plainest ? [plainest] : [];
  });
}

function costOf({ files, hard }: Example): number {
  const texts = Object.values(files);
  return (
    (hard ? 2 : 0) + (texts.length === 0 ? 4 : texts.length - 1) + (texts.join('').split('\n').length > 40 ? 2 : 0)
  );
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
