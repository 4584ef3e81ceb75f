import { fact, type Repository } from '../repository.ts';
import type { Yaml } from '../yaml.ts';
import {
  compositeActionAt,
  githubWorkflowsOf,
  type GithubJob,
  type GithubStep,
  type GithubWorkflow,
} from './github.ts';
import type { CiJob, CiStep, Pipeline } from './pipeline.ts';

/** The workflows of GitHub Actions as pipelines: workflows and actions of the same repository are followed. */
export const githubPipelinesOf = fact((repository: Repository): readonly Pipeline[] =>
  githubWorkflowsOf(repository).map((workflow) => pipelineOf(repository, workflow)),
);

function pipelineOf(repository: Repository, workflow: GithubWorkflow): Pipeline {
  const { path, error } = workflow;
  const unclear: { where: { path: string; line?: number }; why: string }[] = [];
  if (error !== undefined) unclear.push({ where: { path }, why: error });
  const onChange = startsOnChange(workflow);
  const jobs = (from: GithubWorkflow, above: readonly string[]): CiJob[] =>
    from.jobs.flatMap((job) => {
      if (job.uses === undefined) {
        unclear.push(...programActions(repository, job));
        return [jobOf(repository, from, job, onChange)];
      }
      const called = workflowCalled(repository, job.uses);
      if (called && !above.includes(called.path))
        return jobs(called, [...above, called.path]).map((inner) => ({
          ...inner,
          onChange: inner.onChange && runsOnChange(job.node),
        }));
      if (!called)
        unclear.push({
          where: job.where,
          why: job.uses.startsWith('./') ? `${job.uses} is not here` : `${job.uses} lies in another repository`,
        });
      return [];
    });
  return { system: 'GitHub Actions', path, jobs: jobs(workflow, [path]), unclear };
}

/** Actions of the repository that are programs, or are not here: they may run anything. */
function programActions(repository: Repository, { steps }: GithubJob): Pipeline['unclear'] {
  return steps.flatMap(({ uses, where }) =>
    uses?.startsWith('./') && !compositeActionAt(repository, uses)
      ? [{ where, why: `what ${uses} does cannot be read` }]
      : [],
  );
}

function workflowCalled(repository: Repository, uses: string): GithubWorkflow | undefined {
  if (!uses.startsWith('./')) return undefined;
  return githubWorkflowsOf(repository).find(({ path }) => path === uses.slice(2));
}

/** Whether it starts for a change that is proposed: a pull request, or any push to any branch. */
function startsOnChange({ triggers }: GithubWorkflow): boolean {
  return triggers.some(({ key, value }) => {
    if (key === 'merge_group') return true;
    if (key === 'pull_request') {
      const types = textsOf(value.get('types'));
      return types.length === 0 || types.some((type) => /^(?:opened|synchronize|ready_for_review)$/.test(type));
    }
    if (key !== 'push') return false;
    const branches = textsOf(value.get('branches'));
    const filtered = ['branches', 'tags', 'tags-ignore'].some((filter) => value.get(filter) !== undefined);
    return !filtered || branches.some((branch) => /^\*{1,2}$/.test(branch));
  });
}

function textsOf(list: Yaml | undefined): string[] {
  const items = list?.text === undefined ? (list?.items ?? []) : [list];
  return items.flatMap(({ text }) => text ?? []);
}

/** False for `if: false` and for conditions that only hold after the merge. */
function runsOnChange(node: Yaml): boolean {
  const condition = (node.get('if')?.text ?? '').replace(/^\$\{\{|\}\}$/g, '').trim();
  if (condition === 'false') return false;
  if (condition.includes('||')) return true;
  return !/github\.event_name\s*==\s*['"](?!pull_request|merge_group)|github\.ref(?:_name)?\s*==\s*['"]|startsWith\(\s*github\.ref\s*,\s*['"]refs\/(?:tags|heads)|^\s*failure\(\)|github\.event\.pull_request\.merged/.test(
    condition,
  );
}

function jobOf(repository: Repository, { root }: GithubWorkflow, job: GithubJob, onChange: boolean): CiJob {
  const folder =
    job.node.get('defaults')?.get('run')?.get('working-directory')?.text ??
    root.get('defaults')?.get('run')?.get('working-directory')?.text ??
    '';
  return {
    name: job.name,
    where: job.where,
    onChange: onChange && runsOnChange(job.node),
    mayFail: job.node.get('continue-on-error')?.text === 'true',
    steps: job.steps
      .flatMap((step) => ciSteps(repository, step, folder, []))
      .flatMap((step) => spelledOut(step, job.node)),
  };
}

/** A step that runs once for each value of the matrix, with the value in its text: `npm run ${{ matrix.task }}`. */
function spelledOut(step: CiStep, job: Yaml): CiStep[] {
  const [whole, name = ''] = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/.exec(step.text) ?? [];
  if (whole === undefined) return [step];
  const matrix = job.get('strategy')?.get('matrix');
  const listed = matrix?.get(name)?.items ?? [];
  const included = (matrix?.get('include')?.items ?? []).flatMap((item) => item.get(name) ?? []);
  const values = [...listed, ...included].flatMap(({ text }) => text ?? []).slice(0, 20);
  if (values.length === 0) return [step];
  return values.flatMap((value) => spelledOut({ ...step, text: step.text.replaceAll(whole, () => value) }, job));
}

function ciSteps(repository: Repository, step: GithubStep, folder: string, above: readonly string[]): CiStep[] {
  const mayFail = step.node.get('continue-on-error')?.text === 'true' || !runsOnChange(step.node);
  const composite = step.uses?.startsWith('./') ? compositeActionAt(repository, step.uses) : undefined;
  if (composite && !above.includes(composite.path))
    return composite.steps
      .flatMap((inner) => ciSteps(repository, inner, folder, [...above, composite.path]))
      .map((inner) => ({ ...inner, mayFail: inner.mayFail || mayFail }));
  return [
    {
      where: { path: step.where.path, line: step.run === undefined ? (step.where.line ?? 1) : step.runLine },
      text: step.run ?? '',
      uses: step.uses,
      folder: cleaned(step.node.get('working-directory')?.text ?? folder),
      mayFail,
    },
  ];
}

function cleaned(folder: string): string {
  return folder
    .replace(/^\$\{\{\s*github\.workspace\s*\}\}/, '')
    .replace(/^[./]+/, '')
    .replace(/\/+$/, '');
}
