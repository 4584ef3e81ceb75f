import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { installingOf } from '../../repository/installing.ts';

/** How a change is checked, as far as the project has it. */
export function aboutTests(scene: Scene, draft: Draft): string {
  const repository = draft.repository();
  const suite = ['guards.test.mjs', 'guards.mjs'].find((name) =>
    repository.file(inApp(scene, `guardrails/tests/${name}`)),
  );
  if (suite === undefined) return '';
  const { manager } = installingOf(repository, scene.app);
  const test = manager === 'npm' ? 'npm test' : `${manager} run test`;
  const where = scene.app.root === '' ? '' : ` in \`${scene.app.root}\``;
  return `## Checks

- \`${test}\`${where} runs the tests. Done means that it is green.
- \`node --test guardrails/tests/${suite}\` runs the guard tests alone: they start the app, and ask it as a stranger and as somebody who is signed in.
- An answer that was meant to change is changed in \`${inApp(scene, 'guardrails/tests/recorded.json')}\` too, with the reason in the pull request.
`;
}

/** What a new route needs. */
export function aboutRoutes(scene: Scene, draft: Draft): string {
  const table = ['mjs', 'cjs']
    .map((ending) => inApp(scene, `guardrails/access.${ending}`))
    .find((path) => draft.bytes(path) !== undefined);
  if (table === undefined) return '';
  return `## A new route

1. Write it like the others, in a file that is loaded after \`guard(app)\` is called. That call stays where it is.
2. Add its line to \`${table}\`: \`'user'\`, \`anyOf('admin')\` or \`open('reason')\`. Without one the app does not start. Prefer \`'user'\`.
3. Whoever is signed in is \`currentUser()\` of \`${table.replace('access.', 'index.')}\`. Records belong to somebody: ask for them by their owner.
`;
}

/** Where secrets go. */
export function aboutSettings(scene: Scene, draft: Draft): string {
  const example = inApp(scene, '.env.example');
  if (draft.read(example) === undefined) return '';
  return `## Secrets

- Never in code, tests or logs. The value goes into \`${inApp(scene, '.env')}\`, which git ignores, and its name alone into \`${example}\`.
`;
}
