import { sameContent, type Content } from './content.ts';

/** What one guardrail does to one file. A `Change` of a tree is one, once it says by whom. Paths are relative and use `/`. */
export type Step = {
  readonly path: string;
  /** The guardrail that does it. */
  readonly by: string;
  /** The exact permission bits of the result. Without: an edit keeps them, a new file gets what is usual. */
  readonly mode?: number;
  /** True for a file that its owner alone may read (mode 0600). */
  readonly secret?: boolean;
  /** True when `before` holds something that must never be shown, such as a key that is taken out. */
  readonly hides?: boolean;
} & (
  | { readonly kind: 'create'; readonly after: Content }
  | { readonly kind: 'edit'; readonly before: Content; readonly after: Content }
  | { readonly kind: 'remove'; readonly before: Content }
);

/** What all steps together do to one file; undefined stands for "there is none". */
export interface FileChange {
  readonly path: string;
  readonly before: Content | undefined;
  readonly after: Content | undefined;
  /** The exact permission bits of the result, where they are to be set. */
  readonly mode: number | undefined;
}

/** What a step finds. */
export function beforeOf(step: Step): Content | undefined {
  return step.kind === 'create' ? undefined : step.before;
}

/** What a step leaves. */
export function afterOf(step: Step): Content | undefined {
  return step.kind === 'remove' ? undefined : step.after;
}

/** The permission bits that a step asks for. */
export function modeOf({ mode, secret }: Step): number | undefined {
  return secret ? 0o600 : mode;
}

/**
 * The sum of steps that follow on each other, by file: new files first, then edits, then removals, so that whoever watches the
 * project never meets an import of a file that is not there. Throws where a step does not begin with what the one before it left.
 */
export function sumOf(steps: readonly Step[]): FileChange[] {
  const files = new Map<string, FileChange>();
  for (const step of steps) {
    const { path } = step;
    const earlier = files.get(path);
    if (earlier && !sameContent(earlier.after, beforeOf(step)))
      throw new Error(`the step of ${step.by} on ${path} does not begin where the step before it ended`);
    const before = earlier ? earlier.before : beforeOf(step);
    files.set(path, { path, before, after: afterOf(step), mode: modeOf(step) ?? earlier?.mode });
  }
  return [...files.values()].filter(changesSomething).toSorted((one, other) => rank(one) - rank(other));
}

function changesSomething({ before, after, mode }: FileChange): boolean {
  return !sameContent(before, after) || (after !== undefined && mode !== undefined);
}

function rank({ before, after }: FileChange): number {
  return before === undefined ? 0 : after === undefined ? 2 : 1;
}
