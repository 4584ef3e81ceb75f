import type { Place } from '../place.ts';
import { fact, type Repository } from '../repository.ts';
import { yamlAt, type Yaml, type YamlEntry } from '../yaml.ts';

/** One workflow of GitHub Actions, as it is written. Gitea and Forgejo use the same words. */
export interface GithubWorkflow {
  readonly path: string;
  readonly root: Yaml;
  /** What starts it, each with its filters: `pull_request`, `push`. */
  readonly triggers: readonly YamlEntry[];
  readonly jobs: readonly GithubJob[];
  /** Why it could not be read to its end. */
  readonly error: string | undefined;
}

export interface GithubJob {
  readonly name: string;
  readonly where: Place;
  readonly node: Yaml;
  /** The workflow that it is, when it is another one. */
  readonly uses: string | undefined;
  readonly steps: readonly GithubStep[];
}

export interface GithubStep {
  readonly where: Place;
  readonly node: Yaml;
  readonly uses: string | undefined;
  readonly run: string | undefined;
  /** Where the shell text begins. */
  readonly runLine: number;
}

/** An action of the repository's own that is made of steps. */
export interface CompositeAction {
  readonly path: string;
  readonly steps: readonly GithubStep[];
}

const workflowFile = /^\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/;
const actionFile = /(?:^|\/)action\.ya?ml$/;

export const githubWorkflowsOf = fact((repository: Repository): readonly GithubWorkflow[] =>
  repository.files.flatMap(({ path }) => (workflowFile.test(path) ? (workflowAt(repository, path) ?? []) : [])),
);

export const compositeActionsOf = fact((repository: Repository): readonly CompositeAction[] =>
  repository.files.flatMap(({ path, role }) => {
    if (!actionFile.test(path) || role === 'fixture') return [];
    const runs = yamlAt(repository, path)?.documents[0]?.get('runs');
    const steps = runs?.get('using')?.text === 'composite' ? runs.get('steps') : undefined;
    return steps ? [{ path, steps: stepsOf(steps, path) }] : [];
  }),
);

/** The composite action that `uses: ./path` names. */
export function compositeActionAt(repository: Repository, uses: string): CompositeAction | undefined {
  const folder = uses.replace(/^\.\/?/, '').replace(/\/$/, '');
  const inside = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  return compositeActionsOf(repository).find(
    ({ path }) => path === inside('action.yml') || path === inside('action.yaml'),
  );
}

function workflowAt(repository: Repository, path: string): GithubWorkflow | undefined {
  const file = yamlAt(repository, path);
  const root = file?.documents[0];
  if (!file || !root) return undefined;
  return {
    path,
    root,
    error: file.error ?? (root.entries.length === 0 ? 'it is empty' : undefined),
    triggers: triggersOf(root),
    jobs: (root.get('jobs')?.entries ?? []).map(({ key, line, value }) => ({
      name: key,
      where: { path, line },
      node: value,
      uses: value.get('uses')?.text,
      steps: stepsOf(value.get('steps'), path),
    })),
  };
}

/** `on: push`, `on: [push]` and `on: { push: {} }` say the same. */
function triggersOf(root: Yaml): YamlEntry[] {
  const on = root.get('on') ?? root.get('true');
  if (!on) return [];
  if (on.entries.length > 0) return [...on.entries];
  const names = on.text === undefined ? on.items : [on];
  return names.flatMap((name) => (name.text === undefined ? [] : [{ key: name.text, line: name.line, value: name }]));
}

function stepsOf(list: Yaml | undefined, path: string): GithubStep[] {
  return (list?.items ?? []).map((node) => {
    const run = node.get('run');
    return {
      where: { path, line: node.get('uses')?.line ?? run?.line ?? node.line },
      node,
      uses: node.get('uses')?.text,
      run: run?.text,
      runLine: run?.textLine ?? node.line,
    };
  });
}
