import { parse } from 'yaml';

/** One command line (or several) that a pipeline runs. */
export interface Step {
  readonly job: string;
  readonly name: string;
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What stands for the expressions of GitHub, such as `inputs.environment`; a step that needs another one is an error. */
export type Expressions = Readonly<Record<string, string>>;

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps?: readonly WorkflowStep[] }>>;
}
interface WorkflowStep {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
}

/** The `run:` steps of a GitHub workflow, in order. */
export function githubSteps(text: string, expressions: Expressions): Step[] {
  const { jobs } = parse(text) as Workflow;
  return Object.entries(jobs).flatMap(([job, { steps = [] }]) =>
    steps.flatMap(({ name, run, env = {} }): Step[] => {
      if (run === undefined) return [];
      const values = Object.entries(env).map(([key, value]) => [key, resolveAll(value, expressions)]);
      return [{ job, name: name ?? run, script: run, environment: Object.fromEntries(values) }];
    }),
  );
}

function resolveAll(text: string, expressions: Expressions): string {
  return text.replace(/\$\{\{ *(.+?) *\}\}/g, (_whole, expression: string) => {
    const value = expressions[expression];
    if (value === undefined) throw new Error(`the test does not know the expression ${expression}`);
    return value;
  });
}

interface PipelineJob {
  readonly extends?: string | readonly string[];
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
}

/** The scripts of a GitLab pipeline, in order: what comes before a job is a step, and the lines of the job are one, as they share a shell. */
export function gitlabSteps(text: string): Step[] {
  const pipeline = parse(text) as Readonly<Record<string, PipelineJob>>;
  return Object.entries(pipeline).flatMap(([job, { script }]): Step[] => {
    if (script === undefined || job.startsWith('.')) return [];
    const { before_script: before = [] } = inherited(pipeline, job);
    return [...before, script.join('\n')].map((lines) => ({ job, name: lines, script: lines, environment: {} }));
  });
}

/** A job with what it extends, merged as GitLab does: the later one wins, the job itself last. */
export function inherited(pipeline: Readonly<Record<string, PipelineJob>>, name: string): PipelineJob {
  const job = pipeline[name];
  if (!job) throw new Error(`the pipeline has no job ${name}`);
  const parents = [job.extends ?? []].flat().map((parent) => inherited(pipeline, parent));
  return Object.assign({}, ...parents, job) as PipelineJob;
}
