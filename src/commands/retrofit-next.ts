import { relative } from 'node:path';
import { quote } from '../answers/replay.ts';
import { inApp } from '../retrofit/in-app.ts';
import type { RetrofitPlan } from '../retrofit/plan.ts';
import type { Scene } from '../retrofit/scene.ts';
import { startCommandsOf } from '../repository/entries.ts';
import { scriptCommand } from '../world/install.ts';
import type { Installed } from '../world/install-existing.ts';
import { packageManagerOf } from '../world/package-manager.ts';
import type { RetrofitRequest } from './retrofit-request.ts';
import type { Session } from './session.ts';

/** What to type next: install where that is left, who may sign in, or the service that knows them, the app itself, and whether all is well. */
export function nextCommands(
  { folder, install }: RetrofitRequest,
  scene: Scene,
  plan: RetrofitPlan,
  installed: Installed | undefined,
  { workingDirectory, version }: Session,
): string[] {
  const { app, repository, answers } = scene;
  const { manager } = packageManagerOf(folder);
  const into = relative(workingDirectory, `${folder}/${app.root}`);
  const has = (name: string): string | undefined =>
    plan.steps.find(({ path }) => path.startsWith(inApp(scene, `guardrails/${name}.`)))?.path;
  const addUser = has('add-user');
  const localIssuer = has('local-issuer');
  const needsInstall = installed
    ? !installed.ok
    : !install && plan.steps.some(({ path }) => path.endsWith('package.json'));
  const email = answers.owner.startsWith('@') ? 'you@example.com' : answers.owner;
  const start = [...(app.manifest?.scripts.keys() ?? [])].find((name) => name === 'start' || name === 'dev');
  const [command] = startCommandsOf(repository, app);
  return [
    ...(into === '' ? [] : [`cd ${quote(into)}`]),
    ...(needsInstall ? [installed?.command ?? `${manager} install`] : []),
    ...(addUser === undefined ? [] : [`node guardrails/${addUser.split('/').at(-1)} ${email} admin`]),
    ...(localIssuer === undefined ? [] : [`node guardrails/${localIssuer.split('/').at(-1)}  # in a second terminal`]),
    start === undefined ? (command?.command ?? `npx create-shipshape@${version} check`) : scriptCommand(manager, start),
  ].slice(0, 4);
}
