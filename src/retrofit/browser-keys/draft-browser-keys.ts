import { offsetOf } from '../../code/module.ts';
import { isClientFile } from '../../repository/client-files.ts';
import { isEnvFile, envEntriesOf } from '../../secrets/env-files.ts';
import { withEnvEntries } from '../../secrets/extract/env-text.ts';
import type { SecretFinding } from '../../secrets/finding.ts';
import { secretsIn } from '../../secrets/secrets-in.ts';
import type { Draft } from '../draft.ts';
import { draftGuards } from '../guards.ts';
import { inApp } from '../in-app.ts';
import type { Scene } from '../scene.ts';
import { browserPlanOf, type BrowserPlan } from './browser-plan.ts';

/** Calls of paid services leave the pages: they go through the server, which keeps the key. What cannot be moved is explained. */
export async function draftBrowserKeys(scene: Scene, draft: Draft): Promise<void> {
  const plan = browserPlanOf(scene);
  if (plan.files.length > 0) move(scene, draft, plan);
  const told = new Set(plan.left.map(({ where }) => `${where.path} ${where.line}`));
  for (const left of plan.left) draft.leave(left);
  for (const finding of await secretsIn(scene.repository)) {
    if (!isClientFile(scene.repository, finding.place.path) || isTouched(scene, plan, finding)) continue;
    if (told.has(`${finding.place.path} ${finding.place.line}`)) continue;
    draft.leave({
      where: finding.place,
      why: `everybody who opens the page can read this: ${finding.rotate}`,
      lines: [],
    });
  }
}

function move(scene: Scene, draft: Draft, plan: BrowserPlan): void {
  const done = plan.files.every(({ path, edits }) => {
    const titles = plan.upstreams.map(({ title }) => title).join(' and ');
    return draft.editSpans(path, edits, {
      why: `asks ${titles} through the server of this app, and holds no key`,
      hides: true,
    });
  });
  if (!done) throw new Error('what was tried on the files of the pages does not work on the draft');
  keepKeys(scene, draft, plan);
  draftGuards(scene, draft, 'spending');
  draftGuards(scene, draft, 'relay');
  for (const proxy of plan.proxies) {
    if (proxy.kind === 'listed')
      draft.editSpans(proxy.path, proxy.edits, {
        why: 'the development server passes the new addresses on to the app',
      });
    if (proxy.kind === 'missing')
      draft.leave({
        where: { path: proxy.path },
        why: 'while it is developed the page asks its own development server: let that pass the new addresses on to the app, on its port',
        lines: proxy.path.endsWith('package.json')
          ? ['"proxy": "http://localhost:3000",']
          : ["server: { proxy: { '/guardrails': 'http://localhost:3000' } },"],
      });
  }
}

/** The values move to where the server reads them. */
function keepKeys(scene: Scene, draft: Draft, { keys }: BrowserPlan): void {
  const env = inApp(scene, '.env');
  for (const setting of new Set(keys.map((key) => key.setting))) {
    const own = keys.filter((key) => key.setting === setting);
    const title = own[0]?.title ?? '';
    draft.setting({
      name: setting,
      secret: true,
      about: `the key for ${title}, which pages use through the server`,
      code: 'secret(optional(1))',
    });
    const variables = [...new Set(own.flatMap(({ source }) => source.variable ?? []))];
    const written = own.find(({ source }) => source.value !== undefined)?.source.value;
    const value = written ?? variables.map((name) => valueIn(scene, draft, name)).find((each) => each !== undefined);
    const why = `${setting}: what stood in the pages, for this computer alone`;
    if (value !== undefined)
      draft.edit(env, withEnvEntries(draft.read(env), [{ name: setting, value }]), { why, secret: true, hides: true });
    for (const name of variables) forget(scene, draft, name);
  }
}

function envFilesOf({ repository, app }: Scene): readonly string[] {
  const folders = new Set([
    app.root,
    ...repository.files
      .filter(({ path }) => /(?:^|\/)package\.json$/.test(path))
      .map(({ path }) => path.slice(0, -'/package.json'.length)),
  ]);
  const names = [
    '.env',
    '.env.local',
    '.env.development',
    '.env.development.local',
    '.env.production',
    '.env.production.local',
  ];
  return [...folders]
    .flatMap((folder) => names.map((name) => (folder === '' ? name : `${folder}/${name}`)))
    .filter(isEnvFile);
}

function valueIn(scene: Scene, draft: Draft, name: string): string | undefined {
  for (const path of envFilesOf(scene)) {
    const found = envEntriesOf(draft.read(path) ?? '').find(({ key, value }) => key === name && value !== '');
    if (found) return found.value;
  }
  return undefined;
}

/** What a build would put into the page is taken from its files of settings, once nothing asks for it. */
function forget(scene: Scene, draft: Draft, name: string): void {
  const isAsked = draft
    .repository()
    .files.some(({ path, role }) => role === 'source' && draft.read(path)?.includes(name));
  if (isAsked) return;
  for (const path of envFilesOf(scene)) {
    const text = draft.read(path);
    if (text === undefined) continue;
    const line = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*(?:\\r?\\n|$)`, 'gm');
    draft.edit(path, text.replaceAll(line, ''), {
      why: `${name} would be written into the page by the build`,
      secret: true,
      hides: true,
    });
  }
}

/** Whether a credential stood where something is changed. */
function isTouched({ repository }: Scene, { files }: BrowserPlan, { place }: SecretFinding): boolean {
  const module = repository.module(place.path);
  const edits = files.find(({ path }) => path === place.path)?.edits ?? [];
  if (!module || edits.length === 0) return false;
  const at = offsetOf(module, place);
  return edits.some(
    ({ start, end, within }) =>
      (start <= at && at <= end) || (within !== undefined && within.start <= at && at <= within.end),
  );
}
