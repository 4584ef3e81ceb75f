import { appOf } from '../../repository/apps.ts';
import { nodeVersionsOf } from '../../repository/node-versions.ts';
import { placeText } from '../../repository/place.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { setJson } from '../../tree/json.ts';
import { installRootOf, lockOf } from './locked.ts';

/** Writes into `engines` which Node.js an app needs, where something else of the project says it already. */
export function draftNodeRange(scene: Scene, draft: Draft): void {
  const repository = draft.repository();
  const { app } = scene;
  const path = inApp(scene, 'package.json');
  const text = draft.read(path);
  if (text === undefined || app.manifest?.engines.has('node')) return;
  const known = nodeVersionsOf(repository).filter(
    ({ where }) =>
      [app.root, installRootOf(repository, app), ''].includes(appOf(repository, where.path)?.root ?? '') &&
      !runsGuards(draft.read(where.path)),
  );
  if (known.some(({ isRange }) => isRange)) return;
  const majors = new Set(known.map((version) => /^v?(\d+)/.exec(version.text)?.[1]));
  const [major] = majors;
  if (majors.size !== 1 || major === undefined) {
    const why =
      known.length === 0
        ? 'nothing says which Node.js it needs: write the one that you use into package.json'
        : `which Node.js it needs is said in different ways (${known.map(({ where, text: said }) => `${placeText(where)}: ${said}`).join(', ')}): write the one that is meant into package.json`;
    return draft.leave({ where: { path }, why, lines: [`"engines": { "node": ">=${scene.node.split('.')[0]}" }`] });
  }
  // Yarn 1 refuses to install on any other Node.js, also where somebody only looks at the code.
  const lock = lockOf(repository, app);
  if (lock?.manager === 'yarn' && !lock.berry) return undefined;
  const from = known[0] as (typeof known)[number];
  const why = `says which Node.js it needs, as ${placeText(from.where)} does`;
  // Heroku takes the newest Node.js that fits; whoever deploys there gets the one that is meant.
  const range = repository.file(inApp(scene, 'Procfile')) ? `${major}.x` : `>=${major}`;
  draft.edit(path, setJson(text, ['engines', 'node'], range), { why });
  return undefined;
}

/** A pipeline that a retrofit has written runs on the Node.js that was chosen for it: it says nothing of what the project needs. */
function runsGuards(text: string | undefined): boolean {
  return text?.includes('guardrails/tests') ?? false;
}
