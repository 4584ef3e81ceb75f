import { quoted } from '../../dialect/quoted.ts';
import type { Draft } from '../draft.ts';
import { draftGuards } from '../guards.ts';
import { inApp } from '../in-app.ts';
import type { Scene } from '../scene.ts';
import { spendingMessagesOf, spendingRoutesOf } from './spending-routes.ts';

/** Gives routes that cost money a budget, for each user and for all of them together; tells of what a budget cannot count. */
export function draftSpending(scene: Scene, draft: Draft): void {
  const { repository, server, guards } = scene;
  if (!server || !guards) return;
  const routes = spendingRoutesOf(repository, server);
  if (routes.length > 0) draftGuards(scene, draft, 'spending');
  const path = inApp(scene, `guardrails/spending.${guards.dialect}`);
  const table = draft.read(path);
  const missing = table === undefined ? [] : routes.filter(({ key }) => !table.includes(quoted(key)));
  if (missing.length > 0)
    draft.leave({
      where: { path },
      why: 'these routes cost money too, and have no budget yet: their lines belong into the list',
      lines: missing.map(({ key, paid }) => `  ${quoted(key)}: ${quoted(paid)},`),
    });
  for (const { where, paid } of spendingMessagesOf(repository, server))
    draft.leave({
      where,
      why: `each message here pays ${paid}, and a budget counts requests only: count there what userOf(socket.request) has sent`,
      lines: [],
    });
}
