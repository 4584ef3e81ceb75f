import type { Repository } from '../repository.ts';
import { yamlAt, type Yaml } from '../yaml.ts';
import type { CiJob, CiStep, Pipeline } from './pipeline.ts';

const pipelineFile = /^(?:\.azure(?:-pipelines)?\/[^/]+|\.?azure-pipelines[\w.-]*)\.ya?ml$/;

/** The pipelines of Azure. Pull requests start them unless `pr: none` says otherwise. */
export function azurePipelines(repository: Repository): Pipeline[] {
  return repository.files
    .filter(({ path }) => pipelineFile.test(path))
    .flatMap(({ path }) => {
      const file = yamlAt(repository, path);
      const root = file?.documents[0];
      if (!file || !root) return [];
      const unclear: { where: { path: string; line?: number }; why: string }[] =
        file.error === undefined ? [] : [{ where: { path }, why: file.error }];
      const onChange = root.get('pr')?.text !== 'none';
      const jobs = jobsIn(root, path, onChange, unclear);
      return [{ system: 'Azure Pipelines', path, jobs, unclear }];
    });
}

function jobsIn(node: Yaml, path: string, onChange: boolean, unclear: Pipeline['unclear'][number][]): CiJob[] {
  const template = node.get('template')?.text ?? node.get('extends')?.get('template')?.text;
  if (template !== undefined)
    unclear.push({ where: { path, line: node.line }, why: `the template ${template} was not followed` });
  const inside = ['stages', 'jobs'].flatMap((word) => node.get(word)?.items ?? []);
  const here = onChange && !isAfterMerge(node.get('condition')?.text ?? '');
  const own = node.get('steps') ?? node.get('strategy')?.get('runOnce')?.get('deploy')?.get('steps');
  const job: CiJob[] = own
    ? [
        {
          name: node.get('job')?.text ?? node.get('deployment')?.text ?? 'job',
          where: { path, line: node.line },
          onChange: here,
          mayFail: node.get('continueOnError')?.text === 'true',
          steps: own.items.map((step) => stepOf(step, path, unclear)),
        },
      ]
    : [];
  return [...job, ...inside.flatMap((item) => jobsIn(item, path, here, unclear))];
}

function isAfterMerge(condition: string): boolean {
  return (
    condition === 'false' || /Build\.SourceBranch(?:Name)?'\]\s*,\s*'(?:refs\/heads\/)?(?:main|master)/.test(condition)
  );
}

function stepOf(step: Yaml, path: string, unclear: Pipeline['unclear'][number][]): CiStep {
  const template = step.get('template')?.text;
  if (template !== undefined)
    unclear.push({ where: { path, line: step.line }, why: `the template ${template} was not followed` });
  const script = ['script', 'bash', 'pwsh', 'powershell'].map((word) => step.get(word)).find(Boolean);
  const inputs = step.get('inputs');
  const text = script ?? inputs?.get('script');
  const folder =
    step.get('workingDirectory')?.text ??
    inputs?.get('workingDir')?.text ??
    inputs?.get('workingDirectory')?.text ??
    '';
  return {
    where: { path, line: text?.textLine ?? step.line },
    text: text?.text ?? npmTask(step),
    folder: folder.replace(/^\$\([\w.]+\)\/?|^[./]+/, ''),
    uses: step.get('task')?.text,
    mayFail: step.get('continueOnError')?.text === 'true' || step.get('enabled')?.text === 'false',
  };
}

/** `task: Npm@1` with `command: custom` and `customCommand: run test`. */
function npmTask(step: Yaml): string {
  const [, program] = /^(npm|yarn|pnpm)@/i.exec(step.get('task')?.text ?? '') ?? [];
  if (program === undefined) return '';
  const inputs = step.get('inputs');
  const command = inputs?.get('command')?.text ?? 'install';
  return `${program.toLowerCase()} ${command === 'custom' ? (inputs?.get('customCommand')?.text ?? '') : command}`;
}
