import { keyNameOf } from '../../code/calls.ts';
import { textOf } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { envEntriesOf } from '../../secrets/env-files.ts';
import { withEnvEntries } from '../../secrets/extract/env-text.ts';
import type { Draft } from '../draft.ts';
import { inApp } from '../in-app.ts';
import type { Scene } from '../scene.ts';
import type { BrowserPlan } from './browser-plan.ts';
import { withoutProperty } from './removal.ts';

/** The keys move to where the server reads them, and no build finds them any more. */
export function keepKeys(scene: Scene, draft: Draft, { keys }: BrowserPlan): void {
  const env = inApp(scene, '.env');
  for (const name of new Set(keys.map(({ setting }) => setting))) {
    const own = keys.filter(({ setting }) => setting === name);
    const about = `the key for ${own[0]?.title ?? ''}, which pages use through the server`;
    // Without the line by which the guards read it: that comes with the relay.
    draft.setting({ name, secret: true, about });
    const variables = [...new Set(own.flatMap(({ source }) => source.variable ?? []))];
    const value =
      own.find(({ source }) => source.value !== undefined)?.source.value ??
      variables.map((variable) => valueOf(scene, draft, variable)).find((each) => each !== undefined);
    const why = `${name}: what stood in the pages, for this computer alone`;
    if (value !== undefined)
      draft.edit(env, withEnvEntries(draft.read(env), [{ name, value }]), { why, secret: true, hides: true });
    for (const variable of variables) forget(scene, draft, variable);
  }
}

/** What a build puts into the page under a name: from a file of settings, also by way of `define` of Vite. */
function valueOf(scene: Scene, draft: Draft, name: string): string | undefined {
  const names = [name, ...definitions(draft.repository(), name).flatMap(({ variable }) => variable ?? [])];
  for (const path of envFilesOf(scene)) {
    const entries = envEntriesOf(draft.read(path) ?? '');
    const found = entries.find(({ key, value }) => names.includes(key) && value !== '');
    if (found) return found.value;
  }
  return undefined;
}

function envFilesOf({ repository, app }: Scene): readonly string[] {
  const manifests = repository.files.filter(({ path }) => /(?:^|\/)package\.json$/.test(path));
  const folders = new Set([app.root, ...manifests.map(({ path }) => path.replace(/\/?package\.json$/, ''))]);
  const endings = ['', '.local', '.development', '.development.local', '.production', '.production.local'];
  return [...folders].flatMap((folder) =>
    endings.map((ending) => (folder === '' ? `.env${ending}` : `${folder}/.env${ending}`)),
  );
}

/** Once no page asks for a variable, nothing is to put it into one. */
function forget(scene: Scene, draft: Draft, name: string): void {
  const { files } = draft.repository();
  if (files.some(({ path, role }) => role === 'source' && draft.read(path)?.includes(name))) return;
  for (const { module, property } of definitions(draft.repository(), name)) {
    const object = parentsOf(module).get(property);
    const why = `the build writes ${name} into no page any more`;
    const edit = object && withoutProperty(module, object, property, why);
    if (edit) draft.editSpans(module.path, [edit], { why });
  }
  if (!isPublic(name)) return;
  const line = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*(?:\\r?\\n|$)`, 'gm');
  const why = `${name} would be written into the page by the build`;
  for (const path of envFilesOf(scene)) {
    const text = draft.read(path);
    if (text !== undefined) draft.edit(path, text.replaceAll(line, ''), { why, secret: true, hides: true });
  }
}

function isPublic(name: string): boolean {
  return /^(?:VITE|REACT_APP|NEXT_PUBLIC|EXPO_PUBLIC|NUXT_PUBLIC|VUE_APP|PUBLIC)_/.test(name);
}

/** `define: { 'process.env.API_KEY': JSON.stringify(env.GEMINI_API_KEY) }` */
function definitions(repository: Repository, name: string) {
  const configs = repository.files.filter(({ path }) => /(?:^|\/)vite\.config\.[cm]?[jt]s$/.test(path));
  const modules = configs.map(({ path }) => repository.module(path)).filter((module) => module !== undefined);
  return modules.flatMap((module) =>
    nodesOf(module.tree, 'ObjectProperty')
      .filter((property) => /^(?:process\.env|import\.meta\.env)\.(\w+)$/.exec(keyNameOf(property) ?? '')?.[1] === name)
      .map((property) => {
        const variable = /\benv(?:\.|\[['"])(\w+)/.exec(textOf(module, property.value))?.[1];
        return { module, property, variable };
      }),
  );
}
