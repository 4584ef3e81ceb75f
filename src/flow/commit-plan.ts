import { sameContent, textOf, type Content } from '../tree/content.ts';
import { afterOf, beforeOf, type Step } from '../tree/step.ts';
import { replayText } from './replay-text.ts';

/** A file as git has it; undefined where it has none. */
export interface InGit {
  readonly head: Content | undefined;
  readonly index: Content | undefined;
}

/** What each guardrail changes in what git has. */
export interface CommitPlan {
  /** In the order of their first steps. Contents by path; undefined removes the file. */
  readonly commits: readonly { readonly by: string; readonly files: ReadonlyMap<string, Content | undefined> }[];
  /** What the index is to have afterwards. */
  readonly index: ReadonlyMap<string, Content | undefined>;
  readonly leftOut: readonly LeftOut[];
}

/** A file that is changed on disk and not committed. */
export interface LeftOut {
  readonly path: string;
  /** Why, in a clause that follows its name. */
  readonly why: string;
}

/**
 * Plans one commit for each guardrail. Steps were made on files as they are on disk; where those have changes that are not committed,
 * the steps alone are replayed on what git has, so that the user's changes stay what they are: uncommitted.
 */
export function planCommits(steps: readonly Step[], inGit: (path: string) => InGit): CommitPlan {
  const order = [...new Set(steps.map(({ by }) => by))];
  const inOrder = order.flatMap((by) => steps.filter((step) => step.by === by));
  const heads = new Map<string, (Content | undefined)[]>();
  const index = new Map<string, Content | undefined>();
  const leftOut: LeftOut[] = [];
  for (const path of new Set(steps.map((step) => step.path))) {
    const ofPath = inOrder.filter((step) => step.path === path);
    const { head, index: staged } = inGit(path);
    const [texts, stagedTexts] = [contentsAfter(ofPath, head), contentsAfter(ofPath, staged)];
    if (texts === undefined || stagedTexts === undefined) leftOut.push({ path, why: whyNot(ofPath, head, staged) });
    else {
      heads.set(path, texts);
      index.set(path, stagedTexts.at(-1));
    }
  }
  const commits = order.map((by) => ({ by, files: filesBy(by, inOrder, heads) }));
  return { commits: commits.filter(({ files }) => files.size > 0), index, leftOut };
}

/** The content after each step; undefined where one cannot be taken. */
function contentsAfter(steps: readonly Step[], start: Content | undefined): (Content | undefined)[] | undefined {
  const contents: (Content | undefined)[] = [];
  let content = start;
  for (const step of steps) {
    const taken = take(step, content);
    if (!taken) return undefined;
    content = taken.content;
    contents.push(content);
  }
  return contents;
}

function take(step: Step, content: Content | undefined): { readonly content: Content | undefined } | undefined {
  const [before, after] = [beforeOf(step), afterOf(step)];
  if (sameContent(content, before)) return { content: after };
  const [from, to, now] = [textOf(before), textOf(after), textOf(content)];
  if (from === undefined || now === undefined) return undefined;
  if (to === undefined) return sameLines(from, now) ? { content: undefined } : undefined;
  const replayed = replayText(step.path, from, to, now);
  return replayed.ok ? { content: replayed.text } : undefined;
}

/** Git may keep other line ends than the disk. */
function sameLines(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}

function filesBy(
  by: string,
  steps: readonly Step[],
  heads: ReadonlyMap<string, readonly (Content | undefined)[]>,
): Map<string, Content | undefined> {
  const files = new Map<string, Content | undefined>();
  for (const [path, contents] of heads) {
    const last = steps.filter((step) => step.path === path).findLastIndex((step) => step.by === by);
    if (last !== -1) files.set(path, contents[last]);
  }
  return files;
}

function whyNot(steps: readonly Step[], head: Content | undefined, staged: Content | undefined): string {
  const wasThere = steps[0] !== undefined && beforeOf(steps[0]) !== undefined;
  if (wasThere && head === undefined && staged === undefined) return 'was never committed';
  if (wasThere && head === undefined) return 'is new and staged, and not committed yet';
  return 'has changes on the same lines that are not committed';
}
