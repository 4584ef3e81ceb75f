import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ask } from '../answers/questions.ts';
import { has, type CommandLine } from '../answers/parse.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import { guardrailIds } from '../guardrails/ids.ts';
import type { UndoPlan } from '../flow/undo.ts';
import { dirtyFiles } from '../world/dirty.ts';
import { packageManagerOf } from '../world/package-manager.ts';
import { settleJournal } from '../world/settle-journal.ts';
import { applyUndo, openUndo } from '../world/undo.ts';
import type { Session } from './session.ts';

/** Takes back what was done to a project, or what one guardrail did. */
export async function runUndo(line: CommandLine, session: Session): Promise<ExitCode> {
  const { by, folder } = whatToUndo(line, session);
  const dryRun = has(line, '--dry-run');
  if (!dryRun) settleJournal(folder, { environment: session.environment });
  const plan = openUndo(folder, by, session.environment);
  if (dryRun) {
    tell(plan, session, 'to be undone. Nothing was written.');
    return 0;
  }
  if (!(await agreed(line, plan, session)))
    throw new KnownError({ code: 'not-confirmed', what: 'Stopped. Nothing was undone.' });
  applyUndo(folder, plan, { environment: session.environment, leaveByHand: has(line, '--leave-by-hand') });
  tell(plan, session, 'undone.');
  if (!session.json) for (const text of consequences(folder, by)) session.terminal.print(text);
  const packages = plan.steps.some(({ path }) => /(?:^|\/)package\.json$/.test(path));
  if (packages && !session.json)
    session.terminal.print(
      `What is installed may be more than package.json names now. To put that right: ${packageManagerOf(folder).manager} install`,
    );
  return 0;
}

/** What somebody should know who has taken a part out. */
function consequences(folder: string, by: string | undefined): string[] {
  const lines =
    by === 'auth' ? ['Everybody may call this app again. Its guard tests ask for sign-in: undo tests, too.'] : [];
  if (by !== undefined && existsSync(join(folder, 'guardrails/guard-files.json')))
    lines.push('The list of guard files is no longer true: npm run guard:update writes it anew.');
  const env = dirtyFiles(folder, ['.env'])?.find(({ dirt }) => dirt === 'untracked');
  if (env)
    lines.push(
      'Careful: .env is there, holds values, and git does not ignore it. Remove it, or put .env into .gitignore.',
    );
  return lines;
}

/** On a terminal, whoever undoes sees first what that is. */
async function agreed(line: CommandLine, plan: UndoPlan, session: Session): Promise<boolean> {
  if (!session.terminal.interactive || session.json || has(line, '--yes')) return true;
  tell(plan, session, 'to be undone.');
  const choices = [
    { title: 'Undo it', value: 'undo' },
    { title: 'Stop', value: 'stop' },
  ];
  return (
    (await ask({
      type: 'select',
      message: 'Nothing has been undone yet. Undo it?',
      choices,
      hint: 'arrows, then Enter',
    })) === 'undo'
  );
}

function whatToUndo({ words }: CommandLine, { workingDirectory }: Session): { by: string | undefined; folder: string } {
  const [first, second, ...more] = words;
  if (more.length > 0)
    throw new KnownError({
      code: 'too-many-arguments',
      what: `A guardrail and a folder are expected, and ${words.length} words were given.`,
      where: more[0] ?? '',
      next: 'Write undo, undo auth, or undo auth ../my-prototype',
    });
  const names: readonly string[] = [...guardrailIds, 'wiring', 'install'];
  const by = first !== undefined && names.includes(first) ? first : undefined;
  const folder = resolve(workingDirectory, (by === undefined ? first : second) ?? '.');
  if (existsSync(folder) && (by !== undefined || second === undefined)) return { by, folder };
  throw new KnownError({
    code: 'bad-value',
    what: `${by === undefined && second === undefined ? `"${first}" is neither a guardrail nor a folder` : 'There is no such folder'}.`,
    where: first ?? '',
    next: `Guardrails are ${guardrailIds.join(', ')}.`,
  });
}

function tell({ steps, byHand }: UndoPlan, { terminal, json }: Session, what: string): void {
  if (json) {
    const changes = steps.map(({ path, kind }) => ({ path, kind }));
    return terminal.print(JSON.stringify({ code: 'undone', changes, byHand }, null, 2));
  }
  for (const { path, kind } of steps) terminal.print(`  ${kind.padEnd(6)}  ${path}`);
  terminal.print(`${steps.length} ${steps.length === 1 ? 'change' : 'changes'} ${what}`);
  for (const { path, line, why } of byHand) terminal.print(`By hand: ${path}:${line} ${why}`);
}
