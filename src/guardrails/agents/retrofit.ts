import { inDialect } from '../../dialect/dialect.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { installingOf } from '../../repository/installing.ts';
import type { Repository } from '../../repository/repository.ts';
import { readJson, setJson } from '../../tree/json.ts';
import { lineEnd } from '../../tree/lines.ts';
import { isRecord } from '../../tree/record.ts';
import { aboutRoutes, aboutSettings, aboutTests } from './facts.ts';
import { fingerprints, guardList, guardListPath, isGuardFile, listedIn } from './retrofit-guard-list.ts';

export default defineRetrofit({
  id: 'agents',

  retrofit(scene, draft) {
    const { files } = draft.repository();
    const folder = scene.app.root === '' ? '' : `${scene.app.root}/`;
    if (!files.some(({ path }) => !path.endsWith('package.json') && isGuardFile(path, folder))) return;
    draftProgram(scene, draft);
    draftInstructions(scene, draft);
    for (const path of pointers) pointToInstructions(draft, path);
    draftList(scene, draft);
  },
});

/** What compares the guard files with their list, and its commands. */
function draftProgram(scene: Scene, draft: Draft): void {
  const { templates } = scene.inputs;
  for (const name of templates.list('retrofit/agents/tests')) {
    const path = inApp(scene, `guardrails/tests/${name.replace(/\.ts$/, '.mjs')}`);
    const text = inDialect(templates.render(`retrofit/agents/tests/${name}`, {}), 'mjs', templates);
    if (draft.bytes(path) === undefined) draft.create(path, text, { why: 'a change to a guard file is noticed' });
  }
  const path = inApp(scene, 'package.json');
  const scripts = { 'guard:check': '', 'guard:update': ' update' };
  const before = draft.read(path) ?? '{\n  "private": true\n}\n';
  const manifest = readJson(before);
  const known = isRecord(manifest) && isRecord(manifest['scripts']) ? manifest['scripts'] : {};
  const text = Object.entries(scripts).reduce(
    (made, [name, word]) =>
      name in known ? made : setJson(made, ['scripts', name], `node guardrails/tests/guard-files.mjs${word}`),
    before,
  );
  draft.edit(path, text, { why: 'commands that compare the guard files with their list, and write it anew' });
}

const heading = '## Guard files are not yours to edit';

/** AGENTS.md, or the part of it that is missing. */
function draftInstructions(scene: Scene, draft: Draft): void {
  const { app, inputs } = scene;
  const path = 'AGENTS.md';
  const text = draft.read(path);
  if (text?.includes(heading)) return;
  const { run } = installingOf(draft.repository(), app);
  const values = { title: app.name, folder: inApp(scene, 'guardrails/'), run };
  const render = (name: string): string => inputs.templates.render(`retrofit/agents/all/${name}.md.hbs`, values);
  const facts = [aboutTests, aboutRoutes, aboutSettings]
    .map((about) => about(scene, draft))
    .filter((part) => part !== '');
  const section = [render('section'), ...facts].join('\n');
  const why = 'tells coding agents what the guard files are, and what not to do';
  if (text === undefined) return draft.create(path, `${render('head')}\n${section}`, { why });
  const eol = lineEnd(text);
  const gap = text.trim() === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  draft.edit(path, text + gap + section.replaceAll('\n', eol), { why });
}

/** What tools read instead of AGENTS.md. */
const pointers = [
  'CLAUDE.md',
  'GEMINI.md',
  '.cursorrules',
  '.windsurfrules',
  '.clinerules',
  '.github/copilot-instructions.md',
];

function pointToInstructions(draft: Draft, path: string): void {
  const text = draft.read(path);
  if (text === undefined || text.includes('AGENTS.md')) return;
  const line =
    path === 'CLAUDE.md' || path === 'GEMINI.md'
      ? '@AGENTS.md'
      : 'Read AGENTS.md first: it says which files are not yours to edit.';
  const eol = lineEnd(text);
  const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  draft.edit(path, `${text}${gap}${line}${eol}`, { why: 'points to AGENTS.md' });
}

/** The list as it is once everything else is drafted. What somebody else has changed since stays to be noticed. */
function draftList(scene: Scene, draft: Draft): void {
  const path = inApp(scene, guardListPath);
  const text = draft.read(path);
  const now = fingerprintsOf(scene, draft.repository(), (file) => draft.read(file));
  const why = 'the fingerprint of every guard file: whoever changes one is noticed';
  if (text === undefined) return draft.create(path, guardList(now), { why });
  const before = fingerprintsOf(scene, scene.repository, (file) => scene.repository.read(file));
  const listed = listedIn(text);
  const drafted = Object.entries(now).filter(([file, print]) => before[file] !== print);
  if (drafted.some(([file, print]) => listed[file] !== print))
    draft.edit(path, guardList(sorted({ ...listed, ...Object.fromEntries(drafted) })), { why });
}

function fingerprintsOf(
  { app }: Scene,
  { files }: Repository,
  read: (path: string) => string | undefined,
): Record<string, string> {
  const paths = files.map(({ path }) => path).filter((path) => read(path) !== undefined);
  return fingerprints(paths, app.root === '' ? '' : `${app.root}/`, (path) => read(path) ?? '');
}

function sorted(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
