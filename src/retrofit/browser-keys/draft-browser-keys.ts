import { offsetOf } from '../../code/module.ts';
import { isClientFile } from '../../repository/client-files.ts';
import type { SecretFinding } from '../../secrets/finding.ts';
import { secretsIn } from '../../secrets/secrets-in.ts';
import type { Draft } from '../draft.ts';
import { draftGuards } from '../guards.ts';
import type { Scene } from '../scene.ts';
import { browserPlanOf, type BrowserPlan } from './browser-plan.ts';
import type { DevProxy } from './dev-proxy.ts';
import { keepKeys } from './kept-keys.ts';

/** Calls of paid services leave the pages: they go through the server, which keeps the key. What cannot be moved is explained. */
export async function draftBrowserKeys(scene: Scene, draft: Draft): Promise<void> {
  const plan = browserPlanOf(scene);
  if (plan.files.length > 0) move(scene, draft, plan);
  for (const left of plan.left) draft.leave(left);
  const told = new Set(plan.left.map(({ where }) => `${where.path} ${where.line}`));
  for (const finding of await secretsIn(scene.repository)) {
    const { place, rotate } = finding;
    const isOpen = isClientFile(scene.repository, place.path) && !isTouched(scene, plan, finding);
    if (!isOpen || told.has(`${place.path} ${place.line}`)) continue;
    draft.leave({ where: place, why: `everybody who opens the page can read this: ${rotate}`, lines: [] });
  }
}

function move(scene: Scene, draft: Draft, plan: BrowserPlan): void {
  const titles = [...new Set(plan.upstreams.map(({ title }) => title))].join(' and ');
  const telling = { why: `asks ${titles} through the server of this app, and holds no key`, hides: true };
  for (const { path, edits } of plan.files)
    if (!draft.editSpans(path, edits, telling))
      draft.leave({ where: { path }, why: 'the key there could not be taken out: the file has changed', lines: [] });
  keepKeys(scene, draft, plan);
  draftGuards(scene, draft, 'spending');
  draftGuards(scene, draft, 'relay');
  for (const proxy of plan.proxies) lead(draft, proxy);
  for (const path of plan.built)
    draft.leave({
      where: { path },
      why: 'pages that were built before still hold the key, and still call the service by themselves: build them again',
      lines: ['npm run build'],
    });
}

/** While a page is developed, what sends it has to pass its questions on. */
function lead(draft: Draft, proxy: DevProxy): void {
  if (proxy.kind === 'listed')
    draft.editSpans(proxy.path, proxy.edits, {
      why: 'while it is developed, the page gets at the new addresses of the app',
    });
  if (proxy.kind === 'missing')
    draft.leave({
      where: { path: proxy.path },
      why: 'while it is developed, the page asks its own development server: let that pass the new addresses on to the app, on its port',
      lines: proxy.path.endsWith('package.json')
        ? ['"proxy": "http://localhost:3000",']
        : ["server: { proxy: { '/guardrails': 'http://localhost:3000' } },"],
    });
}

/** Whether a credential stood where something is changed. */
function isTouched({ repository }: Scene, { files }: BrowserPlan, { place }: SecretFinding): boolean {
  const module = repository.module(place.path);
  const edits = files.find(({ path }) => path === place.path)?.edits ?? [];
  if (!module || edits.length === 0) return false;
  const at = offsetOf(module, place);
  const holds = (span: { readonly start: number; readonly end: number }): boolean => span.start <= at && at <= span.end;
  return edits.some((edit) => holds(edit) || (edit.within !== undefined && holds(edit.within)));
}
