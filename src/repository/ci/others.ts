import type { Repository } from '../repository.ts';
import { yamlAt, type Yaml } from '../yaml.ts';
import type { CiJob, CiStep, Pipeline } from './pipeline.ts';

/** Bitbucket: `default` and `pull-requests` run on a change, `branches` only after it. */
export function bitbucketPipelines(repository: Repository): Pipeline[] {
  const path = 'bitbucket-pipelines.yml';
  const file = yamlAt(repository, path);
  const sections = file?.documents[0]?.get('pipelines')?.entries;
  if (!file || !sections) return [];
  const jobs = sections.flatMap(({ key, line, value }): CiJob[] => {
    const lists = key === 'default' ? [value] : value.entries.map((entry) => entry.value);
    const everyBranch = key === 'branches' && value.entries.some((entry) => /^'?\*{1,2}'?$/.test(entry.key));
    const onChange = key === 'default' || key === 'pull-requests' || everyBranch;
    return lists.map((list) => ({
      name: key,
      where: { path, line },
      onChange,
      mayFail: false,
      steps: bitbucketSteps(list, path),
    }));
  });
  return [{ system: 'Bitbucket Pipelines', path, jobs, unclear: errorOf(path, file.error) }];
}

function bitbucketSteps(node: Yaml, path: string, depth = 0): CiStep[] {
  if (depth > 6) return [];
  const scripts = (node.get('script')?.items ?? []).map((line) => stepAt(path, line));
  const inside = ['step', 'parallel', 'stage', 'steps'].flatMap((word) => node.get(word) ?? []);
  return [...scripts, ...[...inside, ...node.items].flatMap((item) => bitbucketSteps(item, path, depth + 1))];
}

/** Travis runs `npm test` on every push and pull request of a Node project unless `script` says otherwise. */
export function travisPipelines(repository: Repository): Pipeline[] {
  const path = '.travis.yml';
  const file = yamlAt(repository, path);
  const root = file?.documents[0];
  if (!file || !root) return [];
  const lists = ['before_install', 'install', 'before_script', 'script'].map((word) => root.get(word));
  const own = lists.flatMap((list) => (list?.text === undefined ? (list?.items ?? []) : [list]));
  const isNode = /node_js/.test(root.get('language')?.text ?? '') || root.get('node_js') !== undefined;
  const usual = { where: { path }, text: 'npm test', folder: '', uses: undefined, mayFail: false };
  const steps = [...own.map((line) => stepAt(path, line)), ...(isNode && !root.get('script') ? [usual] : [])];
  const job = { name: 'travis', where: { path }, onChange: true, mayFail: false, steps };
  const stages = (root.get('jobs') ?? root.get('matrix'))?.get('include')?.items ?? [];
  const staged = stages.map((stage): CiJob => {
    const script = stage.get('script');
    const texts = script?.text === undefined ? (script?.items ?? []) : [script];
    return { ...job, where: { path, line: stage.line }, steps: texts.map((line) => stepAt(path, line)) };
  });
  return [{ system: 'Travis CI', path, jobs: [job, ...staged], unclear: errorOf(path, file.error) }];
}

/** A Jenkinsfile is a program: its `sh` steps are read, the rest is not. */
export function jenkinsPipelines(repository: Repository): Pipeline[] {
  const path = 'Jenkinsfile';
  const text = repository.read(path);
  if (text === undefined) return [];
  const steps = [...text.matchAll(/\b(?:sh|bat)\b\s*\(?\s*(?:script\s*:\s*)?('''|"""|'|")([\s\S]*?)\1/g)].map(
    (match) => ({
      where: { path, line: text.slice(0, match.index).split('\n').length },
      text: match[2] ?? '',
      folder: '',
      uses: undefined,
      mayFail: /returnStatus\s*:\s*true/.test(text.slice(match.index, match.index + match[0].length + 40)),
    }),
  );
  const shared = /@Library|\bload\s*\(?['"]|\blibrary\s/.test(text);
  const unclear = shared ? [{ where: { path }, why: 'it calls code of a shared library' }] : [];
  return [
    {
      system: 'Jenkins',
      path,
      unclear,
      jobs: [{ name: 'Jenkinsfile', where: { path }, onChange: true, mayFail: false, steps }],
    },
  ];
}

/** Systems whose files are seen and not read. */
const unread: readonly (readonly [RegExp, string])[] = [
  [/^\.drone\.(?:yml|star|jsonnet)$/, 'Drone'],
  [/^\.woodpecker(?:\.ya?ml|\/[^/]+\.ya?ml)$/, 'Woodpecker'],
  [/^\.?appveyor\.ya?ml$/, 'AppVeyor'],
  [/^\.buildkite\/[^/]+$/, 'Buildkite'],
  [/^\.semaphore\/[^/]+\.ya?ml$/, 'Semaphore'],
  [/^cloudbuild\.(?:ya?ml|json)$/, 'Google Cloud Build'],
  [/^buildspec\.ya?ml$/, 'AWS CodeBuild'],
  [/^\.cirrus\.ya?ml$/, 'Cirrus CI'],
  [/^\.tekton\/[^/]+\.ya?ml$/, 'Tekton'],
  [/^codefresh\.ya?ml$/, 'Codefresh'],
  [/^\.teamcity\/[^/]+$/, 'TeamCity'],
  [/^\.builds?\.ya?ml$/, 'sourcehut'],
];

export function unreadPipelines(repository: Repository): Pipeline[] {
  return repository.files.flatMap(({ path }) => {
    const system = unread.find(([file]) => file.test(path))?.[1];
    if (system === undefined) return [];
    return [{ system, path, jobs: [], unclear: [{ where: { path }, why: `files of ${system} are not read` }] }];
  });
}

function stepAt(path: string, line: Yaml): CiStep {
  return { where: { path, line: line.textLine }, text: line.text ?? '', folder: '', uses: undefined, mayFail: false };
}

function errorOf(path: string, error: string | undefined): Pipeline['unclear'] {
  return error === undefined ? [] : [{ where: { path }, why: error }];
}
