import { ignoring } from '../secrets/extract/env-text.ts';
import { exactText, type Content } from '../tree/content.ts';
import type { Draft } from './draft.ts';
import { inApp } from './in-app.ts';
import type { Scene } from './scene.ts';

/** Keeps files with values out of git and out of images, and the list of their names in. */
export function ignoreEnvironment(scene: Scene, draft: Draft): void {
  ignore(scene, draft);
  ignoreInImages(scene, draft);
}

function ignore(scene: Scene, draft: Draft): void {
  const path = inApp(scene, '.gitignore');
  tell(draft, path, 'git leaves files with values out, and keeps the list of their names');
}

/** An image is read by whoever can pull it. */
function ignoreInImages(scene: Scene, draft: Draft): void {
  const builds = draft.repository().files.some(({ path }) => path === inApp(scene, 'Dockerfile'));
  if (builds) tell(draft, inApp(scene, '.dockerignore'), 'an image is built without files that hold values');
}

function tell(draft: Draft, path: string, why: string): void {
  const bytes: Content | undefined = draft.bytes(path);
  const made = ignoring(
    bytes === undefined ? undefined : typeof bytes === 'string' ? bytes : (exactText(bytes) ?? bytes),
  );
  if (made.kind === 'text') draft.edit(path, made.text, { why });
  if (made.kind === 'explained') draft.leave({ where: { path }, why: made.why, lines: made.lines });
}
