import type { Gate, GateStep } from './ci-steps.ts';
import type { Installing } from '../../repository/installing.ts';
import type { NodeForCi } from './node-for-ci.ts';

/** Everything that the job of a gate says. */
export interface Job {
  readonly name: string;
  /** The folder of the app, '' for the top. */
  readonly app: string;
  readonly gate: Gate;
  readonly installing: Installing;
  readonly node: NodeForCi;
  /** Whether there are guard tests, so that those of the branch a change goes into can judge it. */
  readonly suite: string | undefined;
}

const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const setUpNode = 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0';

/** The job as GitHub reads it, without the last line end. */
export function githubJob({ name, app, gate, installing, node, suite }: Job): string {
  const version = 'file' in node ? `node-version-file: ${node.file}` : `node-version: '${node.version}'`;
  const at = (folder: string): string[] => (folder === app ? [] : [`working-directory: ${folder || '.'}`]);
  const lines = [
    ...leftOutLines(gate),
    `${name}:`,
    '  runs-on: ubuntu-latest',
    '  timeout-minutes: 15',
    '  permissions:',
    '    contents: read',
    ...(app === '' ? [] : ['  defaults:', '    run:', `      working-directory: ${app}`]),
    '  steps:',
    ...[
      `- uses: ${checkout}`,
      '  with:',
      '    persist-credentials: false',
      ...(suite === undefined ? [] : ['    fetch-depth: 0']),
      `- uses: ${setUpNode}`,
      '  with:',
      `    ${version}`,
      ...(installing.setUp === undefined ? [] : step('Package manager', installing.setUp)),
      ...step('Packages', installing.install, at(installing.folder)),
      ...gate.steps.flatMap((each) => step(each.name, each.run, environment(each))),
      ...(suite === undefined ? [] : judgedByBase(suite)),
    ].map((line) => `    ${line}`),
  ];
  return lines.map((line) => `  ${line}`).join('\n');
}

function step(title: string, run: string, more: readonly string[] = []): string[] {
  return [`- name: ${title}`, ...more.map((line) => `  ${line}`), ...block('run', run).map((line) => `  ${line}`)];
}

/** A change cannot weaken its own judge; where there is none yet, it is judged by its own. */
function judgedByBase(suite: string): string[] {
  const when = ["if: github.event_name == 'pull_request'", 'env:', '  BASE: ${{ github.event.pull_request.base.sha }}'];
  return step('Guard tests of the branch this change goes into', judgement('$BASE', suite), when);
}

function judgement(base: string, suite: string): string {
  return [
    `if git cat-file -e "${base}:./${suite}" 2> /dev/null; then`,
    `  git checkout "${base}" -- guardrails/tests`,
    '  git checkout HEAD -- guardrails/tests/recorded.json || true',
    `  node --test ${suite}`,
    'fi',
  ].join('\n');
}

function environment({ env = {} }: GateStep): string[] {
  const entries = Object.entries(env).map(([name, value]) => `  ${name}: '${value}'`);
  return entries.length === 0 ? [] : ['env:', ...entries];
}

function block(key: string, text: string): string[] {
  return text.includes('\n')
    ? [`${key}: |`, ...text.split('\n').map((line) => `  ${line}`)]
    : [`${key}: ${plain(text)}`];
}

/** What is not checked is said where somebody looks for it. */
function leftOutLines({ leftOut }: Gate): string[] {
  return leftOut.map(({ run, why }) => `# Not checked yet, because ${why}: ${run}`);
}

/** The job as GitLab reads it, without the last line end. */
export function gitlabJob({ name, app, gate, installing, node, suite }: Job, stage: string | undefined): string {
  const image = 'version' in node ? node.version : '22';
  const back = installing.folder === app ? [] : [`cd "$CI_PROJECT_DIR/${app}"`];
  const script = [
    ...(installing.setUp === undefined ? [] : [installing.setUp]),
    ...(installing.folder === '' ? [] : [`cd ${installing.folder}`]),
    installing.install,
    ...back,
    ...gate.steps.map(
      ({ run, env = {} }) =>
        `${Object.entries(env)
          .map(([key, value]) => `${key}=${value} `)
          .join('')}${run}`,
    ),
    ...(suite === undefined ? [] : [`BASE="\${CI_MERGE_REQUEST_DIFF_BASE_SHA:-HEAD}"\n${judgement('$BASE', suite)}`]),
  ];
  return [
    ...leftOutLines(gate),
    `${name}:`,
    `  image: node:${image}`,
    ...(stage === undefined ? [] : [`  stage: ${stage}`]),
    '  timeout: 15 minutes',
    ...(suite === undefined ? [] : ['  variables:', "    GIT_DEPTH: '0'"]),
    '  script:',
    ...script.flatMap((text) =>
      text.includes('\n') ? ['    - |', ...text.split('\n').map((line) => `      ${line}`)] : [`    - ${plain(text)}`],
    ),
  ].join('\n');
}

/** YAML takes most commands as they are. */
function plain(text: string): string {
  return /^[\w./][^#]*$/.test(text) && !/: |:$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
