import type { Node } from '@babel/types';
import type { Module } from '../../code/module.ts';
import { handlerAround, isTainted, taintedIn } from './taint.ts';

/** A call that lets whoever controls its input take over, or read what is not theirs. */
export interface Danger {
  readonly node: Node;
  /** What can happen, for someone who is no engineer. */
  readonly message: string;
  readonly remedy: string;
  /** True when what a stranger sends arrives there. */
  readonly reached: boolean;
}

/** Looks at one node of a module. */
export type Detector = (node: Node, around: readonly Node[], module: Module) => Danger | undefined;

/** True when the expression holds, in the function around it, what a stranger sent. */
export function isReached(expression: Node, around: readonly Node[]): boolean {
  const handler = handlerAround(around);
  return handler !== undefined && isTainted(expression, taintedIn(handler));
}
