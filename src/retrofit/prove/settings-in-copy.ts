import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { bytesOf, textOf } from '../../tree/content.ts';
import { sumOf, type FileChange } from '../../tree/step.ts';
import type { RetrofitPlan } from '../plan.ts';

/** Values of the environment: `.env`, `.env.local`; not the examples. */
const environmentFile = /^\.env(?:\.(?!(?:example|sample|template|dist|defaults?)$).+)?$/;

/** Copies the project's own `.env` files into its copy, because somebody asked for it. Returns the names of their settings. */
export function copyRealSettings(project: string, copy: string, folders: Iterable<string>): string[] {
  const names: string[] = [];
  for (const folder of folders)
    for (const name of readdirSync(join(project, folder)).filter((file) => environmentFile.test(file))) {
      copyFileSync(join(project, folder, name), join(copy, folder, name));
      chmodSync(join(copy, folder, name), 0o600);
      names.push(...namesIn(readFileSync(join(project, folder, name), 'utf8')));
    }
  return names;
}

/** Makes the changes of a plan in a copy. Of an environment file that stayed behind, only the lines that the plan adds are written. */
export function applyInCopy(copy: string, plan: RetrofitPlan): void {
  for (const change of sumOf(plan.steps)) {
    const file = inside(copy, change.path);
    if (change.after === undefined) rmSync(file, { force: true });
    else {
      mkdirSync(dirname(file), { recursive: true });
      const isSettings = environmentFile.test(posix.basename(change.path));
      writeFileSync(file, isSettings ? settingsAfter(file, change) : bytesOf(change.after), { mode: change.mode });
      if (change.mode !== undefined) chmodSync(file, change.mode);
    }
  }
}

function settingsAfter(file: string, { before, after }: FileChange): string {
  const known = new Set((textOf(before) ?? '').split('\n'));
  const added = (textOf(after) ?? '').split('\n').filter((line) => !known.has(line));
  const names = new Set(namesIn(added.join('\n')));
  const there = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return [...there.filter((line) => !namesIn(line).some((name) => names.has(name))), ...added, ''].join('\n');
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/^[^\S\n]*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map(([, name = '']) => name);
}

function inside(copy: string, path: string): string {
  const plain = posix.normalize(path);
  if (plain.startsWith('..') || posix.isAbsolute(plain)) throw new Error(`${path} leads out of the project`);
  return join(copy, plain);
}
