import type { Node } from '@babel/types';
import type { Module } from '../../code/module.ts';
import { isCode } from '../../code/parse.ts';
import { isSentToBrowser } from '../../repository/client-files.ts';
import { fact, type Repository } from '../../repository/repository.ts';
import { comparisonsWith, questionsAbout, type Question } from './absence.ts';
import type { Slot } from './slot.ts';
import type { Target } from './target.ts';

interface About {
  readonly target: Target;
  readonly slot: Slot;
}

/** Questions anywhere whether a credential has been filled in. */
export function questionsIn(repository: Repository, { target, slot }: About): readonly Question[] {
  if (slot.kind === 'compared' || target.part) return [];
  const given = givenBy({ target, slot });
  return comparing(repository).flatMap((module) => questionsAbout(repository, module, given, target.value));
}

/** Comparisons anywhere with a credential. */
export function comparedIn(repository: Repository, { target, slot }: About): readonly Omit<Question, 'literal'>[] {
  if (slot.kind === 'compared' || target.part) return [];
  return comparing(repository).flatMap((module) => comparisonsWith(repository, module, givenBy({ target, slot })));
}

/** The expressions that a name may have got the credential from. */
function givenBy({ target, slot }: About): Node[] {
  return [target.node, ...('all' in slot ? [slot.all] : [])];
}

/** The code that compares anything, and is not sent to the browser. */
const comparing = fact((repository: Repository): readonly Module[] =>
  repository.files.flatMap(({ path, role }) => {
    const text = role === 'source' && isCode(path) ? repository.read(path) : undefined;
    if (!text || !/[!=]==?|\.(?:includes|startsWith|endsWith)\(/.test(text) || isSentToBrowser(repository, path))
      return [];
    return repository.module(path) ?? [];
  }),
);
