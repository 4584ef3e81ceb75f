import { annotationOf, catalogOf } from '../../repository/catalog.ts';
import { githubWorkflowsOf, type GithubJob, type GithubWorkflow } from '../../repository/ci/github.ts';
import { runsTests } from '../../repository/programs.ts';
import type { Repository } from '../../repository/repository.ts';
import { commandsIn } from '../../repository/scripts.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

export default defineRule({
  id: 'ci/deploy-gated',
  title: 'A deployment needs green tests, a named environment, and credentials that do not live for ever.',
  why: 'A prototype reaches the internet because deploying it is one button.',
  weight: 'high',
  stage: 'production',
  measured: false,
  finds:
    'Jobs of GitHub Actions that deploy (by known actions and commands): whether they wait for a job with tests, name an environment, and use keys of a cloud that could be lent for the run instead. An experiment must not go to the environment `production`.',
  blind:
    'Who has to agree to the environment, which is a setting of GitHub, and deployments that a platform does by itself.',
  fix: 'Add `needs: [test]` and `environment: production` to the job, and let it sign in by OIDC (`id-token: write`).',
  references: ['ASVS v5.0.0-15.2.3', 'NIST SSDF PS.1', 'zizmor secrets-outside-env'],
  check(repository) {
    const deployments = githubWorkflowsOf(repository).flatMap((workflow) =>
      workflow.jobs.filter(deploys).map((job) => ({ workflow, job })),
    );
    if (deployments.length === 0) return [{ verdict: 'not-applicable', message: 'No workflow deploys anything.' }];
    const findings = deployments.flatMap(({ workflow, job }) => [
      ...untested(repository, workflow, job),
      ...nameless(repository, job),
      ...longLivedKeys(repository, workflow, job),
      ...experiment(repository, job),
    ]);
    const [first] = deployments;
    return findings.length > 0
      ? findings
      : [
          {
            verdict: 'pass',
            message: 'Deployments wait for tests and name their environment.',
            where: first?.job.where ?? { path: '.' },
          },
        ];
  },
});

const actions =
  /^(?:amondnet\/vercel-action|vercel\/action[\w-]*|superfly\/flyctl-actions|cloudflare\/(?:wrangler|pages)-action|google-github-actions\/deploy-[\w-]+|azure\/(?:webapps-deploy|functions-action|static-web-apps-deploy|k8s-deploy|container-apps-deploy-action)|aws-actions\/amazon-ecs-deploy-task-definition|akhileshns\/heroku-deploy|nwtgck\/actions-netlify|netlify\/actions[\w/-]*|appleboy\/(?:ssh|scp)-action|burnett01\/rsync-deployments|easingthemes\/ssh-deploy|FirebaseExtended\/action-hosting-deploy|bervProject\/railway-deploy|johnbeynon\/render-deploy-action|digitalocean\/app_action[\w/-]*|actions\/deploy-pages|einaregilsson\/beanstalk-deploy)(?:\/|@|$)/i;
const commands =
  /(?:^|[\s;&|])(?:(?:npx\s+|pnpm\s+(?:dlx|exec)\s+|yarn\s+)?(?:vercel\s+(?:deploy|--prod)|vercel\s+.*--prod|fly(?:ctl)?\s+deploy|wrangler\s+(?:deploy|publish|pages\s+deploy)|netlify\s+deploy|firebase\s+deploy|serverless\s+deploy|sls\s+deploy|sst\s+deploy|cdk\s+deploy|railway\s+up|eb\s+deploy|heroku\s+container:release)|gcloud\s+(?:run|app|functions)\s+deploy|aws\s+(?:ecs\s+update-service|lambda\s+update-function-code|s3\s+sync|elasticbeanstalk|apprunner)|az\s+(?:webapp|containerapp|functionapp)\s+(?:up|deploy\w*|update)|kubectl\s+(?:apply|set\s+image|rollout)|helm\s+upgrade|terraform\s+apply|pulumi\s+up|git\s+push\s+\S*heroku\S*|docker\s+stack\s+deploy)/;

function deploys({ steps }: GithubJob): boolean {
  return steps.some(({ uses, run }) => actions.test(uses ?? '') || commands.test(run ?? ''));
}

function untested(repository: Repository, workflow: GithubWorkflow, job: GithubJob): RuleFinding[] {
  const tested = [job, ...needed(workflow, job)].some((before) => testsIn(repository, before, 0));
  const afterCi = workflow.triggers.some(({ key }) => key === 'workflow_run');
  if (tested || afterCi || isPages(job)) return [];
  return [
    finding(
      repository,
      job,
      'untested',
      'It goes live without waiting for a test: a red program is deployed like a green one.',
      'Add `needs:` with the job that runs the tests.',
    ),
  ];
}

function isPages({ steps }: GithubJob): boolean {
  return steps.some(({ uses }) => uses?.startsWith('actions/deploy-pages@'));
}

/** The jobs that a job waits for, directly or not. */
function needed({ jobs }: GithubWorkflow, job: GithubJob): GithubJob[] {
  const found = new Set<GithubJob>();
  const visit = ({ node }: GithubJob): void => {
    const needs = node.get('needs');
    const names = needs?.text === undefined ? (needs?.items ?? []).map(({ text }) => text) : [needs.text];
    for (const next of jobs.filter(({ name }) => names.includes(name)))
      if (!found.has(next)) {
        found.add(next);
        visit(next);
      }
  };
  visit(job);
  return [...found];
}

function testsIn(repository: Repository, job: GithubJob, depth: number): boolean {
  if (job.uses?.startsWith('./') && depth < 4) {
    const called = githubWorkflowsOf(repository).find(({ path }) => `./${path}` === job.uses);
    return called?.jobs.some((inner) => testsIn(repository, inner, depth + 1)) ?? false;
  }
  if (job.uses !== undefined) return /test|check|ci/i.test(job.name);
  return job.steps.some(
    ({ run, node }) =>
      run !== undefined &&
      commandsIn(repository, run, node.get('working-directory')?.text ?? '').some(
        (command) =>
          runsTests(command) || (command.unclear !== undefined && /test|check/.test(command.words.join(' '))),
      ),
  );
}

function nameless(repository: Repository, job: GithubJob): RuleFinding[] {
  if (job.node.get('environment') !== undefined) return [];
  return [
    finding(
      repository,
      job,
      'no environment',
      'Nobody is asked before it goes live: the deployment names no environment that could have reviewers.',
      'Add `environment: production` to the job, and reviewers to that environment in the settings.',
    ),
  ];
}

const staticKeys =
  /secrets\.(AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)|GCP_(?:SA_KEY|CREDENTIALS\w*)|GOOGLE_(?:APPLICATION_)?CREDENTIALS\w*|GCLOUD_\w*KEY\w*|AZURE_CREDENTIALS|AZURE_CLIENT_SECRET)/;

function longLivedKeys(repository: Repository, { path, root, jobs }: GithubWorkflow, job: GithubJob): RuleFinding[] {
  const lent = [job.node.get('permissions'), root.get('permissions')].some(
    (permissions) => permissions?.get('id-token')?.text === 'write',
  );
  if (lent) return [];
  const lines = (repository.read(path) ?? '').split('\n');
  const first = job.where.line ?? 1;
  const next = jobs.map(({ where }) => where.line ?? 1).find((line) => line > first) ?? lines.length + 1;
  const at = lines.findIndex((line, index) => index + 1 >= first && index + 1 < next && staticKeys.test(line));
  if (at === -1) return [];
  const [, name = ''] = staticKeys.exec(lines[at] ?? '') ?? [];
  return [
    {
      verdict: 'fail',
      message: `A key that never ends opens the cloud: whoever reads ${name} once keeps it.`,
      ...proofAt(repository, path, at + 1),
      key: `key ${name}`,
      confidence: 'likely',
      remedy: 'Sign in by OIDC: `permissions: id-token: write`, and a role that this repository may take for one run.',
    },
  ];
}

function experiment(repository: Repository, job: GithubJob): RuleFinding[] {
  const environment = job.node.get('environment');
  const name = environment?.text ?? environment?.get('name')?.text;
  const entry = catalogOf(repository).find(({ lifecycle }) => lifecycle?.text === 'experimental');
  if (name !== 'production' || !entry) return [];
  const until = annotationOf(entry, 'expires-on')?.text;
  return [
    finding(
      repository,
      job,
      'experiment',
      `An experiment${until ? ` that ends on ${until}` : ''} is deployed as if it were a product.`,
      'Deploy it to an environment of its own, or make it a product first: `lifecycle: production`.',
    ),
  ];
}

function finding(
  repository: Repository,
  { name, where }: GithubJob,
  key: string,
  message: string,
  remedy: string,
): RuleFinding {
  return {
    verdict: 'fail',
    message,
    ...proofAt(repository, where.path, where.line),
    key: `${key} ${name}`,
    confidence: 'likely',
    remedy,
  };
}
