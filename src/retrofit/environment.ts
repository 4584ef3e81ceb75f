import { firstPlace } from '../code/edit/import-place.ts';
import { packageTypeOf, specifierOfFile } from '../code/edit/specifier.ts';
import { sourceOf } from '../code/edit/source.ts';
import { importsOf } from '../code/imports.ts';
import { environmentFile } from '../dialect/kit.ts';
import { isClientFile } from '../repository/client-files.ts';
import { entriesOf } from '../repository/entries.ts';
import { dialectFor } from './dialect-for.ts';
import type { Draft } from './draft.ts';
import { inApp } from './in-app.ts';
import type { Scene } from './scene.ts';

/** Lets every file that starts the app read `.env` before anything else runs. */
export function draftEnvironment(scene: Scene, draft: Draft): void {
  for (const path of startFilesOf(scene, draft)) {
    const repository = draft.repository();
    const module = repository.module(path);
    if (!module) continue;
    const dialect = dialectFor(repository, module);
    const file = inApp(scene, `guardrails/environment.${dialect}`);
    const specifier = specifierOfFile(repository, module, file);
    if (importsOf(module).some((each) => each.specifier === specifier)) continue;
    const source = sourceOf(module, packageTypeOf(repository, path));
    const { quote, modules, semicolons } = source.style;
    const said = `${quote}${specifier}${quote}`;
    const line = (modules === 'cjs' ? `require(${said})` : `import ${said}`) + (semicolons ? ';' : '');
    const why = 'reads .env before anything asks for what stands there';
    if (draft.bytes(file) === undefined)
      draft
        .as('wiring')
        .create(file, environmentFile(dialect, scene.inputs.templates), { why: 'reads .env when the app starts' });
    if (draft.editSpans(path, [{ ...firstPlace(source, line), why }], { why })) continue;
    draft.leave({ where: { path, line: 1 }, why: 'it starts the app and should read .env first', lines: [line] });
  }
}

/** The source files that something starts, and the one that listens. */
export function startFilesOf({ app, server }: Scene, draft: Draft): readonly string[] {
  const repository = draft.repository();
  const started = entriesOf(repository, app)
    .filter(({ role }) => role !== 'main')
    .map(({ path }) => path);
  const listens = server?.listens?.path ?? server?.where.path;
  const main = entriesOf(repository, app).map(({ path }) => path);
  const all = started.length > 0 ? [...started, listens] : [listens ?? main[0]];
  return [...new Set(all)].filter(
    (path): path is string =>
      path !== undefined && repository.file(path)?.role === 'source' && !isClientFile(repository, path),
  );
}
