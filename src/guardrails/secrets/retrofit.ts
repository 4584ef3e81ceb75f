import { entriesOf } from '../../repository/entries.ts';
import { appOf } from '../../repository/apps.ts';
import { isClientFile } from '../../repository/client-files.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import type { Draft } from '../../retrofit/draft.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { ignoreEnvironment } from '../../retrofit/ignored-environment.ts';
import { draftBrowserKeys } from '../../retrofit/browser-keys/draft-browser-keys.ts';
import { draftAppSettings, draftGuards } from '../../retrofit/guards.ts';
import { inApp } from '../../retrofit/in-app.ts';
import { servedRootOf } from '../../retrofit/served-root.ts';
import { draftEnvironment, startFilesOf } from '../../retrofit/environment.ts';
import { envEntriesOf } from '../../secrets/env-files.ts';
import { extractSecrets, type Extraction } from '../../secrets/extract/extract.ts';
import { withEnvEntries } from '../../secrets/extract/env-text.ts';
import { draftTypes, readsConfig } from './config-read.ts';
import type { SecretFinding } from '../../secrets/finding.ts';
import { secretsIn } from '../../secrets/secrets-in.ts';

/** Credentials leave the code: what was written there is read from the environment, and stands in a file that git ignores. */
export default defineRetrofit({
  id: 'secrets',
  async retrofit(scene, draft) {
    // Before anything is written into a folder that everybody can read.
    if (scene.server && servedRootOf(scene.repository, scene.server)) draftGuards(scene, draft, 'private');
    await draftBrowserKeys(scene, draft);
    const found = (await secretsIn(draft.repository())).filter(isOf(scene));
    if (found.length > 0) await extract(scene, draft, found);
    ignoreEnvironment(scene, draft);
    stopTracking(scene, draft);
  },
});

/** A repository holds other apps too: theirs is theirs. */
function isOf({ app, repository }: Scene): (finding: SecretFinding) => boolean {
  return ({ place }) =>
    (appOf(repository, place.path)?.root ?? '') === app.root && !isClientFile(repository, place.path);
}

async function extract(scene: Scene, draft: Draft, found: readonly SecretFinding[]): Promise<void> {
  const repository = draft.repository();
  const env = inApp(scene, '.env');
  const known = new Map(envEntriesOf(draft.read(env) ?? '').map(({ key, value }) => [key, value]));
  const plain = await extractSecrets(repository, found, { known });
  // What has no value yet must not keep the app from starting.
  const checked = new Set(plain.env.flatMap(({ name, value }) => (value ? [name] : [])));
  const read = readsConfig(scene, repository, checked);
  const extraction = read ? await extractSecrets(repository, found, { known, read }) : plain;
  for (const { path, edits } of extraction.files) {
    const [why = 'a credential leaves the code'] = edits
      .map((edit) => edit.why)
      .filter((each) => !each.startsWith('takes '));
    const more =
      edits.length > 1
        ? `${why}, and ${edits.length - 1} more ${edits.length === 2 ? 'place' : 'places'} like it`
        : why;
    if (draft.editSpans(path, edits, { why: more, hides: true })) continue;
    draft.leave({
      where: { path },
      why: 'the credential there could not be taken out without touching the code around it',
      lines: [],
    });
  }
  for (const { where, why } of extraction.explained) draft.leave({ where, why, lines: [] });
  if (extraction.env.length === 0) return;
  draft.edit(env, withEnvEntries(draft.read(env), extraction.env), {
    why: `${extraction.env.map(({ name }) => name).join(', ')}: what stood in the code, for this computer alone`,
    secret: true,
    hides: true,
  });
  const settings = extraction.env.map(({ name }) => ({ name, secret: true, about: aboutOf(found, name) }));
  for (const setting of settings) draft.setting(setting);
  const inConfig = settings.filter(({ name }) => isReadFromConfig(extraction, name));
  if (inConfig.length > 0) {
    draftAppSettings(
      scene,
      draft,
      inConfig.map((setting) => ({ ...setting, code: 'secret(required())' })),
    );
    draftTypes(
      scene,
      draft,
      inConfig.map(({ name }) => name),
      extraction.files.map(({ path }) => path),
    );
  }
  const paths = extraction.files.map(({ path }) => path);
  if (!readsEnvironment(scene, draft) && !guardsReadIt(scene, draft, paths)) draftEnvironment(scene, draft);
}

function isReadFromConfig({ files }: Extraction, name: string): boolean {
  return files.some(({ edits }) => edits.some(({ text }) => new RegExp(`\\bconfig\\.${name}\\b`).test(text)));
}

function aboutOf(found: readonly SecretFinding[], name: string): string {
  const [only, ...more] = found;
  const finding = more.length === 0 ? only : found.find((each) => each.name?.toUpperCase() === name);
  return finding ? `${finding.kind}; it stood in ${finding.place.path}` : 'it stood in the code';
}

/** Whether something in the project reads `.env` before the code does. */
function readsEnvironment(scene: Scene, draft: Draft): boolean {
  const { app } = scene;
  const repository = draft.repository();
  const scripts = [...(app.manifest?.scripts.values() ?? [])].some((script) =>
    /--env-file|dotenv|env-cmd/.test(script),
  );
  const entries = new Set(entriesOf(repository, app).map(({ path }) => path));
  if (scene.server) entries.add(scene.server.listens?.path ?? scene.server.where.path);
  return (
    scripts ||
    [...entries].some((path) =>
      /^[^\n]*(?:dotenv(?:\/config|-flow|-expand)?['"]|loadEnvFile)/m.test(repository.read(path) ?? ''),
    )
  );
}

/** The guards read `.env` when they are imported: that is early enough for what the same file reads. */
function guardsReadIt(scene: Scene, draft: Draft, paths: readonly string[]): boolean {
  const starts = startFilesOf(scene, draft);
  return [...starts, ...paths].every((path) => path === scene.guards?.path);
}

/** What git has once, it has for good: taking a file out of the index is the owner's to do. */
function stopTracking({ app }: Scene, draft: Draft): void {
  const tracked = draft
    .repository()
    .files.filter(
      ({ path, tracked: isTracked }) =>
        isTracked &&
        /(?:^|\/)\.env(?:\.(?!example|sample|template|dist|defaults?)[\w.-]+)?$/.test(path) &&
        path.startsWith(app.root),
    );
  for (const { path } of tracked) {
    if (draft.isNew(path)) continue;
    draft.leave({
      where: { path },
      why: 'git has this file, and everybody who has the repository: its values have to be changed where they are used',
      lines: [`git rm --cached ${path}`],
    });
  }
}
