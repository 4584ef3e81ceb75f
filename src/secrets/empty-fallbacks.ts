import type { Node } from '@babel/types';
import { placeOf, type Module } from '../code/module.ts';
import { walk } from '../code/walk.ts';
import type { Place } from '../repository/place.ts';
import { fact, type Repository } from '../repository/repository.ts';
import { givenBy } from './code-literals.ts';
import { lineOf } from './environment.ts';
import { nameOf } from './literal.ts';
import { nameKindOf } from './names.ts';
import { worksWhenEmpty } from './used-names.ts';

/** `process.env.SECRET || ''`: the program goes on without its secret. */
export interface EmptyFallback {
  readonly name: string;
  readonly place: Place;
  readonly line: string;
  /** True where the program also signs or encrypts with an empty key; else it stumbles when somebody needs it. */
  readonly works: boolean;
}

/** An empty text behind `||`, `??`, `=` or in `default(`. */
const empty = /(?:\|\||\?\?|[=:(])\s*(["'`])\s*\1/;

/** Secrets that sign or encrypt and may be empty. */
export const emptyFallbacks = fact((repository: Repository): readonly EmptyFallback[] =>
  repository.files.flatMap(({ path, role }) => {
    const text = role === 'source' && /\.[cm]?[jt]sx?$/.test(path) ? (repository.read(path) ?? '') : '';
    const module = /secret|key/i.test(text) && /env/i.test(text) && empty.test(text) && repository.module(path);
    return module ? fallbacksIn(repository, module) : [];
  }),
);

function fallbacksIn(repository: Repository, module: Module): EmptyFallback[] {
  const found: EmptyFallback[] = [];
  walk(module.tree.program, (node, around) => {
    for (const { name, literal, fallback } of givenBy(node, around, module)) {
      if (!fallback || literal.value.trim() !== '' || nameKindOf(name) !== 'signing') continue;
      const works = worksWhenEmpty(repository, [name, ...heldBy(around)]);
      found.push({ name, place: placeOf(module, literal.node), line: lineOf(module, literal.node), works });
    }
  });
  return found;
}

/** What the value is called in the program. */
function heldBy(around: readonly Node[]): string[] {
  const holder = around.findLast(({ type }) => /^(?:VariableDeclarator|ObjectProperty|ClassProperty)$/.test(type));
  if (holder?.type === 'VariableDeclarator') return [nameOf(holder.id) ?? ''];
  return holder?.type === 'ObjectProperty' || holder?.type === 'ClassProperty' ? [nameOf(holder.key) ?? ''] : [];
}
