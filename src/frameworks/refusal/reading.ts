import type { Node } from '@babel/types';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Exit } from './exits.ts';

/** Where code sends away a caller whose credential is missing or wrong. */
export interface Refusal extends Exit {
  readonly by: Place;
  /** The line that does it. */
  readonly how: string;
}

/** What a function does about credentials. */
export interface Looked {
  /** It reads one, or asks who is calling. */
  readonly reads: boolean;
  /** It sends away whoever has none, before its work. */
  readonly refusal: Refusal | undefined;
}

/** The reading of one function, statement by statement. */
export interface Reading {
  readonly repository: Repository;
  readonly module: Module;
  readonly steps: number;
  /** Names that hold what a credential told. */
  readonly held: Set<string>;
  /** Names that hold the answer of a function that refuses by returning. */
  readonly answers: Set<string>;
  reads: boolean;
}

/** A refusal, where a node stands. */
export function refusalAt({ module }: Reading, node: Node, exit: Exit): Refusal {
  return { by: placeOf(module, node), how: textOf(module, node).split('\n')[0] ?? '', ...exit };
}
