import type { Repository } from '../repository.ts';
import { yamlAt, type Yaml } from '../yaml.ts';
import type { CiJob, CiStep, Pipeline } from './pipeline.ts';

const paths = ['.circleci/config.yml', '.circleci/config.yaml'];

/** The pipeline of CircleCI. It runs on every push to any branch unless a filter says otherwise. */
export function circlePipelines(repository: Repository): Pipeline[] {
  return paths.flatMap((path) => {
    const file = yamlAt(repository, path);
    const root = file?.documents[0];
    if (!file || !root) return [];
    const unclear = file.error === undefined ? [] : [{ where: { path }, why: file.error }];
    const uses = workflowJobs(root);
    const defined = root.get('jobs')?.entries ?? [];
    const jobs = defined.map(({ key, line, value }): CiJob => {
      const asked = uses.filter(({ name }) => name === key);
      return {
        name: key,
        where: { path, line },
        onChange: key === 'build' && uses.length === 0 ? true : asked.some(({ onChange }) => onChange),
        mayFail: false,
        steps: stepsOf(value, root, path),
      };
    });
    return [{ system: 'CircleCI', path, unclear, jobs: [...jobs, ...orbJobs(uses, defined, path)] }];
  });
}

interface Use {
  readonly name: string;
  readonly line: number;
  readonly node: Yaml;
  readonly onChange: boolean;
}

/** The jobs that the workflows ask for, each with its filters. */
function workflowJobs(root: Yaml): Use[] {
  const workflows = (root.get('workflows')?.entries ?? []).filter(({ key }) => key !== 'version');
  return workflows.flatMap(({ value }) =>
    (value.get('jobs')?.items ?? []).flatMap((item): Use[] => {
      const scheduled = value.get('triggers') !== undefined;
      const [parameters] = item.entries;
      const name = item.text ?? parameters?.key;
      if (name === undefined) return [];
      const node = parameters?.value ?? item;
      return [{ name, line: item.line, node, onChange: !scheduled && !isFiltered(node) }];
    }),
  );
}

function isFiltered(node: Yaml): boolean {
  const filters = node.get('filters');
  const only = filters?.get('branches')?.get('only');
  const ignored = filters?.get('branches')?.get('ignore')?.text;
  return only !== undefined ? !/^\/\.\*\/$/.test(only.text ?? '') : ignored === '/.*/';
}

/** `node/test` of the Node orb runs the test script without being spelled out. */
function orbJobs(uses: readonly Use[], defined: readonly { key: string }[], path: string): CiJob[] {
  const known = new Set(defined.map(({ key }) => key));
  return uses
    .filter(({ name }) => !known.has(name) && name.includes('/'))
    .map(({ name, line, node, onChange }) => {
      const manager = node.get('pkg-manager')?.text ?? 'npm';
      const run = name.endsWith('/test') ? `${manager} run ${node.get('run-command')?.text ?? 'test'}` : '';
      const folder = (node.get('app-dir')?.text ?? '').replace(/^(?:~\/project)?[./]*/, '');
      const step = { where: { path, line }, text: run, folder, uses: name, mayFail: false };
      return { name, where: { path, line }, onChange, mayFail: false, steps: [step] };
    });
}

function stepsOf(job: Yaml, root: Yaml, path: string, depth = 0): CiStep[] {
  const folder = (job.get('working_directory')?.text ?? '').replace(/^~\/?[\w-]*\/?|^[./]+/, '');
  return (job.get('steps')?.items ?? []).flatMap((item): CiStep[] => {
    const [entry] = item.entries;
    const name = item.text ?? entry?.key ?? '';
    const command = root.get('commands')?.get(name);
    if (command && depth < 6) return stepsOf(command, root, path, depth + 1);
    if (name === 'when' || name === 'unless') return entry ? stepsOf(entry.value, root, path, depth + 1) : [];
    const text = name === 'run' ? (entry?.value.get('command') ?? entry?.value) : undefined;
    const below = name === 'run' ? entry?.value.get('working_directory')?.text : undefined;
    return [
      {
        where: { path, line: text?.textLine ?? item.line },
        text: text?.text ?? '',
        folder: (below ?? folder).replace(/^[./]+|^~\/project\/?/, ''),
        uses: name === 'run' ? undefined : name,
        mayFail: false,
      },
    ];
  });
}
