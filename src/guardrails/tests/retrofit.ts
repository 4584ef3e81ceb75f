import type { Dialect } from '../../dialect/dialect.ts';
import type { Identity } from '../../dialect/identities.ts';
import { targetPath } from '../../flow/templates.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { fromApp, inApp } from '../../retrofit/in-app.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { readJson, setJson } from '../../tree/json.ts';
import { isRecord } from '../../tree/record.ts';
import { startLines } from './how-it-starts.ts';
import { runnerFile } from './runner-file.ts';
import { besideIt, importsLike, testingOf, type Testing } from './test-runner.ts';

export { recordedFiles } from './recorded.ts';

export default defineRetrofit({
  id: 'tests',

  retrofit(scene, draft) {
    const { app, server } = scene;
    if (!server) return leaveWithoutServer(scene, draft);
    const testing = testingOf(draft.repository(), app);
    const suite = suiteOf(scene, testing);
    if (testing.like !== undefined)
      draft.keep(`its own tests stay, and run with ${testing.runner} as before`, { path: testing.like });
    if (testing.runner === 'ava' && !keepsOutOfAva(scene, draft)) return;
    draftSuite(scene, draft, suite);
    draftCommand(scene, draft, testing, suite);
  },
});

/** AVA takes every file in a folder `tests` for one of its own: those of the guards are none. False where it cannot be told so. */
function keepsOutOfAva(scene: Scene, draft: Draft): boolean {
  const config = scene.app.files.find(({ path }) => /(?:^|\/)ava\.config\.[cm]?js$/.test(path))?.path;
  const line = '!guardrails/**';
  if (config !== undefined) {
    if (draft.read(config)?.includes(line)) return true;
    const why = 'AVA would take the guard tests for its own: add this to `files`, and run the same command again';
    draft.leave({ where: { path: config }, why, lines: [`'${line}',`] });
    return false;
  }
  const path = inApp(scene, 'package.json');
  const text = draft.read(path) ?? '';
  const manifest = readJson(text);
  const ava = isRecord(manifest) ? manifest['ava'] : undefined;
  const files = isRecord(ava) && Array.isArray(ava['files']) ? (ava['files'] as unknown[]) : [];
  if (files.includes(line)) return true;
  draft.edit(path, setJson(text, ['ava', 'files'], [...files, line]), { why: 'AVA leaves the guard tests to Node.js' });
  return true;
}

function leaveWithoutServer({ app, repository }: Scene, draft: Draft): void {
  const { like, runner } = testingOf(repository, app);
  if (like !== undefined) return draft.keep(`its own tests stay, and run with ${runner} as before`, { path: like });
  draft.leave({
    where: { path: app.manifest?.path ?? '.' },
    why: 'there is no server that could be asked, so no test was written: the first one has to say what this program is for',
    lines: [],
  });
}

/** Other runners than Node's own would take a file with `test` in its name for one of theirs. */
function suiteOf(scene: Scene, { runner }: Testing): string {
  return runner === 'none' || (runner === 'node' && findsAll(scene)) ? 'guards.test.mjs' : 'guards.mjs';
}

/** Whether `node --test` is told no files, so that it looks for all that have `test` in their name. */
function findsAll({ app }: Scene): boolean {
  const script = app.manifest?.scripts.get('test') ?? '';
  return !/[./*]/.test(script.slice(script.indexOf('--test') + '--test'.length));
}

/** How people sign in, and so how the tests do. */
type Variant = 'none' | Identity;

function draftSuite(scene: Scene, draft: Draft, suite: string): void {
  const dialect = (['mjs', 'cjs'] as const).find((each) => isThere(scene, draft, `guardrails/access.${each}`));
  const variant = dialect === undefined ? 'none' : variantOf(scene, draft, dialect);
  const values = {
    dialect: dialect ?? 'mjs',
    starts: startLines(draft.repository(), scene.server!).map(literal).join(', '),
  };
  const none = filesOf(scene, 'none', values);
  for (const [name, text] of filesOf(scene, variant, values)) {
    const path = inApp(scene, `guardrails/tests/${name === 'guards.mjs' ? existingSuite(scene, draft, suite) : name}`);
    const now = draft.read(path);
    const why = /^\/\/ (.+?)\.?$/m.exec(text)?.[1] ?? 'a part of the guard tests';
    if (now === undefined) draft.create(path, text, { why });
    // What was written for an app without sign-in gives way once there is one.
    else if (now === none.get(name)) draft.edit(path, text, { why });
  }
}

function variantOf(scene: Scene, draft: Draft, dialect: Dialect): Variant {
  const has = (name: string): boolean => isThere(scene, draft, `guardrails/${name}.${dialect}`);
  return has('issuer') ? 'oidc' : has('people') ? 'password' : 'better-auth';
}

/** Where the guard tests stand already they stay, whatever runs the other tests now. */
function existingSuite(scene: Scene, draft: Draft, suite: string): string {
  return ['guards.test.mjs', 'guards.mjs'].find((name) => isThere(scene, draft, `guardrails/tests/${name}`)) ?? suite;
}

function filesOf(
  { inputs: { templates } }: Scene,
  variant: Variant,
  values: { readonly dialect: string; readonly starts: string },
): ReadonlyMap<string, string> {
  const folders = ['all', variant === 'none' ? 'none' : 'auth', variant].map((name) => `retrofit/tests/${name}`);
  return new Map(
    folders.flatMap((folder) =>
      templates.list(folder).map((name) => [targetPath(name), templates.render(`${folder}/${name}`, values)] as const),
    ),
  );
}

function draftCommand(scene: Scene, draft: Draft, { runner, like }: Testing, suite: string): void {
  const { app } = scene;
  const inside = `guardrails/tests/${existingSuite(scene, draft, suite)}`;
  if (runner === 'none') return addScript(scene, draft, 'test', `node --test${finds(scene) ? ` ${inside}` : ''}`);
  if (runner === 'own') return addScript(scene, draft, 'test:guards', `node --test ${inside}`);
  if (runner === 'node' && (findsAll(scene) || (app.manifest?.scripts.get('test') ?? '').includes(inside))) return;
  const beside = like === undefined ? standard[runner] : besideIt(fromApp(scene, like));
  if (isThere(scene, draft, beside)) return;
  const neighbour = like === undefined ? '' : (draft.read(like) ?? '');
  const isModule =
    runner === 'vitest' || (like === undefined ? beside.endsWith('.mjs') : importsLike(neighbour, beside));
  const text = runnerFile({ runner, path: beside, suite: inside, isModule, neighbour });
  draft.create(inApp(scene, beside), text, { why: `lets ${runner} run the guard tests with the others` });
}

/** Where a runner looks by itself. */
const standard = {
  node: 'guardrails/tests/guards.test.mjs',
  jest: 'guardrails/tests/guards.test.js',
  vitest: 'guardrails/tests/guards.test.mjs',
  mocha: 'test/guards.cjs',
  ava: 'test/guards.test.mjs',
} as const;

/** Whether `node --test` alone would find more than the guard tests: files that may be tests of pages, or no tests at all. */
function finds({ app }: Scene): boolean {
  return app.files.some(({ path }) =>
    /(?:^|\/)test\/.*\.[cm]?js$|(?:^|\/)(?:test(?:-[^/]*)?|[^/]*[._-]test)\.[cm]?js$/.test(path),
  );
}

function addScript(scene: Scene, draft: Draft, name: string, command: string): void {
  const path = inApp(scene, 'package.json');
  const text = draft.read(path) ?? '{\n  "private": true\n}\n';
  if (scene.app.manifest?.scripts.has(name) && name !== 'test') return;
  draft.edit(path, setJson(text, ['scripts', name], command), { why: `\`${name}\` runs the guard tests` });
}

function isThere(scene: Scene, draft: Draft, path: string): boolean {
  return draft.bytes(inApp(scene, path)) !== undefined;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
