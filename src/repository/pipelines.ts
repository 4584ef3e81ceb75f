import { azurePipelines } from './ci/azure.ts';
import { circlePipelines } from './ci/circleci.ts';
import { githubPipelinesOf } from './ci/github-pipelines.ts';
import { gitlabPipelines } from './ci/gitlab.ts';
import { bitbucketPipelines, jenkinsPipelines, travisPipelines, unreadPipelines } from './ci/others.ts';
import type { CiJob, CiStep, Pipeline } from './ci/pipeline.ts';
import { fact, type Repository } from './repository.ts';
import { commandsIn, type Command } from './scripts.ts';

/** Where the definitions of CI systems are looked for. */
export const pipelinePlaces = [
  '.github/workflows',
  '.gitlab-ci.yml',
  '.circleci',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  'Jenkinsfile',
  '.travis.yml',
];

/** What the CI systems of a repository do, whichever they are. */
export const pipelinesOf = fact((repository: Repository): readonly Pipeline[] => [
  ...githubPipelinesOf(repository),
  ...gitlabPipelines(repository),
  ...circlePipelines(repository),
  ...azurePipelines(repository),
  ...bitbucketPipelines(repository),
  ...jenkinsPipelines(repository),
  ...travisPipelines(repository),
  ...unreadPipelines(repository),
]);

/** A program that CI runs, with the step that leads to it. */
export interface CiCommand extends Command {
  readonly pipeline: Pipeline;
  readonly job: CiJob;
  readonly step: CiStep;
}

/** Every program that CI runs, scripts of package.json followed. */
export const ciCommandsOf = fact((repository: Repository): readonly CiCommand[] =>
  pipelinesOf(repository).flatMap((pipeline) =>
    pipeline.jobs.flatMap((job) =>
      job.steps.flatMap((step) =>
        commandsIn(repository, step.text, step.folder).map((command) => ({ ...command, pipeline, job, step })),
      ),
    ),
  ),
);

/** The line of the pipeline that leads to a command. */
export function placeOfCommand({ step, line }: CiCommand): { path: string; line: number } {
  return { path: step.where.path, line: (step.where.line ?? 1) + line };
}
