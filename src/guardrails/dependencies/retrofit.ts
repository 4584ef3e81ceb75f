import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { appsOf, type App } from '../../repository/apps.ts';
import { lockfileNames } from '../../repository/lockfiles.ts';
import noDeadWeight from '../../rules/deps/no-dead-weight.ts';
import { setJson } from '../../tree/json.ts';
import { appendLine, byCodeUnit, lineEnd } from '../../tree/lines.ts';
import { draftBot } from './bot.ts';
import { draftFrozenInstalls } from './frozen-installs.ts';
import { draftInstallSettings, managerNamed } from './install-settings.ts';
import { installRootOf, lockedVersion, locksOf } from './locked.ts';
import { managers } from './managers.ts';
import { draftNodeRange } from './node-range.ts';
import { undeclaredIn } from './undeclared.ts';

export default defineRetrofit({
  id: 'dependencies',
  async retrofit(scene, draft) {
    const repository = draft.repository();
    const app = appsOf(repository).find(({ root }) => root === scene.app.root) ?? scene.app;
    const now: Scene = { ...scene, app };
    if (repository.files.some(({ path }) => /^deno\.jsonc?$/.test(path)) && !app.manifest) return;
    declare(now, draft);
    if (draft.read(inApp(now, 'package.json')) === undefined) return;
    draftLock(now, draft);
    draftInstallSettings(now, draft);
    draftNodeRange(now, draft);
    draftFrozenInstalls(now, draft);
    await leaveUnused(now, draft);
    await draftBot(now, draft);
  },
});

/** Names the packages that the code takes without saying so: in the version that is installed today. */
function declare(scene: Scene, draft: Draft): void {
  const { app } = scene;
  const path = inApp(scene, 'package.json');
  const unknown: string[] = [];
  for (const { name, where, onlyToDevelop } of undeclaredIn(draft.repository(), app)) {
    const version = installedVersion(draft, app, name);
    const text = draft.read(path);
    if (version === undefined || text === undefined) unknown.push(name);
    else {
      const made = setJson(text, [onlyToDevelop ? 'devDependencies' : 'dependencies', name], version, byCodeUnit);
      draft.edit(path, made, {
        why: `${where.path} takes ${name}, and nothing named it: it came along with another package`,
      });
    }
  }
  if (unknown.length > 0) leaveUnknown(scene, draft, unknown);
}

function leaveUnknown(scene: Scene, draft: Draft, names: readonly string[]): void {
  const first = undeclaredIn(draft.repository(), scene.app).find(({ name }) => name === names[0]);
  draft.leave({
    where: first?.where ?? { path: inApp(scene, 'package.json') },
    why: `the code takes ${names.join(', ')}, and nothing says in which version`,
    lines: [`npm install ${names.join(' ')}`],
  });
}

/** What the lock file holds, else what lies in node_modules. */
function installedVersion(draft: Draft, app: App, name: string): string | undefined {
  const locked = lockedVersion(draft.repository(), app, name);
  if (locked !== undefined) return locked;
  const root = installRootOf(draft.repository(), app);
  const folders = [...new Set([app.root, root])].map((folder) => (folder === '' ? '' : `${folder}/`));
  const text = folders.map((folder) => draft.read(`${folder}node_modules/${name}/package.json`)).find(Boolean);
  return /"version"\s*:\s*"(\d+\.\d+\.\d+[\w.-]*)"/.exec(text ?? '')?.[1];
}

/** One lock file, and git keeps it. */
function draftLock({ app }: Scene, draft: Draft): void {
  const repository = draft.repository();
  const root = installRootOf(repository, app);
  const near = root === '' ? '' : `${root}/`;
  const locks = locksOf(repository, app);
  if (locks.length > 1)
    draft.leave({
      where: { path: locks[1]?.path ?? near },
      why: `there are ${locks.length} lock files, so which versions are installed depends on who installs: keep the one of the package manager that you use`,
      lines: locks.map(({ path }) => `git rm ${path}`).slice(0, -1),
    });
  if (locks.length === 0)
    draft.leave({
      where: { path: `${near}package.json` },
      why: 'there is no lock file: the next install writes it, and it belongs into git',
      lines: [`git add ${near}${managers[managerNamed(app) ?? 'npm'].lockfile}`],
    });
  ignoreInstalled(near, draft);
  for (const path of new Set([`${near}.gitignore`, '.gitignore'])) {
    const text = draft.read(path);
    if (text !== undefined)
      draft.edit(path, withLocks(text), { why: 'git keeps the lock file: it says which versions were tried' });
  }
}

/** What is installed can be installed again. Where git has it already, somebody meant it. */
function ignoreInstalled(near: string, draft: Draft): void {
  const { git } = draft.repository();
  const isTracked = [...(git?.tracked ?? [])].some((path) => path.startsWith(`${near}node_modules/`));
  const texts = new Set([`${near}.gitignore`, '.gitignore']);
  const isIgnored = [...texts].some((path) => /^\/?(?:\*\*\/)?node_modules\/?\s*$/m.test(draft.read(path) ?? ''));
  if (isTracked || isIgnored) return;
  const path = `${near}.gitignore`;
  const text = draft.read(path) ?? '';
  const made = appendLine(text, 'node_modules/');
  if (made !== false) draft.edit(path, made, { why: 'git leaves out what can be installed again' });
}

/** The lock files that a `.gitignore` leaves out are let in again by its last line. */
function withLocks(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const out = lockfileNames.filter((name) => lines.includes(name) || lines.includes(`/${name}`));
  const missing = out.filter((name) => !lines.includes(`!${name}`));
  if (missing.length === 0) return text;
  const end = lineEnd(text);
  return `${text}${text.endsWith('\n') ? '' : end}${missing.map((name) => `!${name}`).join(end)}${end}`;
}

/** What nothing uses is for its owner to take out: it may be used in a way that nobody sees. */
async function leaveUnused({ app, inputs }: Scene, draft: Draft): Promise<void> {
  for (const finding of await noDeadWeight.check(draft.repository(), { today: inputs.clock })) {
    if (finding.verdict !== 'fail' || !finding.key?.startsWith('dead ')) continue;
    if (finding.where.path !== app.manifest?.path) continue;
    draft.leave({
      where: finding.where,
      why: finding.message,
      lines: [`npm uninstall ${finding.key.slice('dead '.length)}`],
    });
  }
}
