import { dockerfileWithFolder } from '../code/edit/preload/dockerfile-folder.ts';
import { dockerignoreWithFolder } from '../code/edit/preload/dockerignore-folder.ts';
import { dockerfileFrom } from '../repository/dockerfiles.ts';
import type { Draft } from './draft.ts';
import { inApp } from './in-app.ts';
import type { Scene } from './scene.ts';

const why = 'the image takes the folder of the guards along';
const dockerfile =
  /^(?:(?:docker|\.docker)\/)?(?:(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?|[\w.-]+\.[Dd]ockerfile)$/;

/** Makes every image of an app hold its `guardrails` folder. */
export function draftImages(scene: Scene, draft: Draft): void {
  const { root } = scene.app;
  for (const folder of root === '' ? [''] : [root, '']) {
    const near = folder === '' ? '' : `${folder}/`;
    for (const { path } of draft.repository().files) {
      if (!path.startsWith(near) || !dockerfile.test(path.slice(near.length))) continue;
      const text = draft.read(path) ?? '';
      // An image of another app, or one that is built in the folder above its Dockerfile.
      const app = takesFrom(text, root) ? root : folder === root ? '' : undefined;
      if (app === undefined) continue;
      const made = dockerfileWithFolder(text, 'guardrails', app);
      if (made.kind === 'text') draft.edit(path, made.text, { why });
      if (made.kind === 'none' && !/^it (?:takes|copies)/.test(made.why))
        draft.leave({
          where: { path },
          why: made.why,
          lines: [`COPY ${app === '' ? '' : `${app}/`}guardrails ./guardrails`],
        });
    }
  }
  letThrough(scene, draft);
}

/** Whether an image is built in the folder around an app: `COPY backend/package.json ./`. */
function takesFrom(text: string, root: string): boolean {
  if (root === '') return false;
  const copies = dockerfileFrom('Dockerfile', text)
    .stages.flatMap(({ instructions }) => instructions)
    .filter(({ keyword, text: words }) => /^(?:COPY|ADD)$/.test(keyword) && !words.includes('--from='));
  return copies.some(({ text: words }) =>
    words.split(/[\s",[\]]+/).some((word) => word.replace(/^\.\//, '').startsWith(root)),
  );
}

function letThrough(scene: Scene, draft: Draft): void {
  const path = inApp(scene, '.dockerignore');
  const made = dockerignoreWithFolder(draft.read(path) ?? '', 'guardrails');
  if (made.kind === 'text') draft.edit(path, made.text, { why });
}
