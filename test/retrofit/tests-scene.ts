import { openDraft } from '../../src/retrofit/draft.ts';
import { serverOf } from '../../src/retrofit/look.ts';
import type { RetrofitAnswers } from '../../src/retrofit/answers.ts';
import type { Retrofitter } from '../../src/retrofit/retrofitter.ts';
import type { Scene } from '../../src/retrofit/scene.ts';
import { appsOf } from '../../src/repository/apps.ts';
import { inputs } from '../support/answers.ts';
import { repositoryOf } from '../support/repository.ts';

export type Files = Readonly<Record<string, string>>;

const usual: RetrofitAnswers = {
  app: '',
  auth: 'password',
  authMode: 'enforce',
  signUp: 'closed',
  surface: 'pages',
  ci: 'github',
  owner: '@acme/payments',
  secondOwner: '@acme/platform',
  onCall: '@acme/payments',
  data: 'internal',
  expires: '2027-01-21',
  afterExpiry: 'warn',
  access: new Map(),
  guardrails: [],
};

/** A project in memory, and what was answered about it. */
export function sceneOf(files: Files, answers: Partial<RetrofitAnswers> = {}): Scene {
  const repository = repositoryOf(files);
  const app = appsOf(repository).find(({ root }) => root === (answers.app ?? ''))!;
  return {
    repository,
    app,
    server: serverOf(repository, app),
    node: '20.19.0',
    answers: { ...usual, ...answers },
    inputs,
  };
}

/** What a retrofitter drafts for a project, and the files as they are then. */
export async function drafting(
  files: Files,
  retrofitter: Retrofitter,
  answers: Partial<RetrofitAnswers> = {},
  more: Partial<Scene> = {},
) {
  const scene = { ...sceneOf(files, answers), ...more };
  const { by, drafted } = openDraft({
    repository: scene.repository,
    contentOf: (path) => files[path],
    app: scene.app.root,
    versions: inputs.versions,
  });
  await retrofitter.retrofit(scene, by(retrofitter.id));
  const made = { ...files };
  for (const step of drafted().steps) made[step.path] = step.kind === 'remove' ? '' : String(step.after);
  return { ...drafted(), files: made as Files, scene };
}
