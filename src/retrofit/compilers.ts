import { compilerScope, withoutFolder } from '../code/edit/tsconfig-exclude.ts';
import type { Draft } from './draft.ts';
import { inApp } from './in-app.ts';
import type { Scene } from './scene.ts';

/** A compiler that reads JavaScript would check the guard files, and write them over themselves. */
export function keepFromCompilers(scene: Scene, draft: Draft): void {
  const path = inApp(scene, 'tsconfig.json');
  const text = draft.read(path);
  if (text === undefined) return;
  const base = (name: string): string | undefined =>
    name.startsWith('.')
      ? draft.read(fromFolder(scene.app.root, name.endsWith('.json') ? name : `${name}.json`))
      : undefined;
  const made = withoutFolder(text, 'guardrails', compilerScope(text, base));
  if (made !== false) draft.edit(path, made, { why: 'the compiler leaves the guards as they are' });
}

/** `../tsconfig.base.json` from `apps/api`. */
function fromFolder(folder: string, name: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
