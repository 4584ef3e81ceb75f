import type { Fault } from './fault.ts';
import { inThrowAwayCopy, treeOf } from './throw-away-copy.ts';

/** How a command of the project ended, with everything it printed. */
export interface CheckRun {
  readonly green: boolean;
  readonly output: string;
}

/** Runs a package script of the project in a folder. */
export type RunScript = (folder: string, script: string) => Promise<CheckRun>;

/** What became of one planted fault. */
export interface FaultResult {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly outcome: 'caught' | 'missed' | 'not planted';
  /** The first line by which the check told of it. */
  readonly caughtBy?: string;
}

/** Plants one fault in a throw-away copy and runs the project's own check. With `determined`, the fault's author also refreshes the guard list. */
export async function drillOne(
  project: string,
  fault: Fault,
  run: RunScript,
  determined: boolean,
): Promise<FaultResult> {
  const { id, title, rule } = fault;
  const tree = treeOf(project);
  if (!fault.plant(tree)) return { id, title, rule, outcome: 'not planted' };
  return inThrowAwayCopy(project, tree.changes(), async (copy) => {
    if (determined) await run(copy, 'guard:update');
    const { green, output } = await run(copy, 'check');
    if (green) return { id, title, rule, outcome: 'missed' };
    return { id, title, rule, outcome: 'caught', caughtBy: firstComplaint(output) };
  });
}

/** The project's own check on an untouched copy: a drill on a red project would prove nothing. */
export async function checkUntouched(project: string, run: RunScript): Promise<CheckRun> {
  return inThrowAwayCopy(project, [], (copy) => run(copy, 'check'));
}

const escapeSequences = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*m`, 'g');

function firstComplaint(output: string): string {
  const lines = output
    .replaceAll(escapeSequences, '')
    .split('\n')
    .map((line) => line.trim());
  const complaint = lines.find((line) => /\bFAIL\b|error TS|^x |^× |✗|ERROR|\bError:/.test(line));
  return (complaint ?? lines.findLast((line) => line !== '') ?? 'no output').slice(0, 160);
}
