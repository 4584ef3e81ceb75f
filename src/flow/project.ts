import type { Answers } from '../answers/answers.ts';
import type { FrameworkAdapter } from '../frameworks/framework.ts';
import { setJson } from '../tree/json.ts';
import { byCodeUnit } from '../tree/lines.ts';
import type { Edit, Tree } from '../tree/tree.ts';
import { targetPath, type Templates, type Values } from './templates.ts';

/** One value that the generated app reads from outside. */
export interface Setting {
  readonly name: string;
  readonly kind: 'setting' | 'secret';
  /** The zod schema as code, such as `z.url()`. A secret has no default. */
  readonly code: string;
  /** What it is, in plain words. */
  readonly about: string;
  /** What to write for it in `.env.example`; never given for a secret. */
  readonly example?: string;
}

/** One switch in `src/guardrails/index.ts`; `from` is the file that exports `name`, such as `./gate.ts`. */
export interface Wire {
  readonly kind: 'layer' | 'lock' | 'onError' | 'routes';
  readonly name: string;
  readonly from: string;
  /** Layers and routes are switched on in this order. */
  readonly rank: number;
}

/** What guardrails hand in while they are applied; the shared files are composed from it afterwards, so that order does not matter. */
export interface Contributions {
  readonly settings: Map<string, Setting>;
  readonly access: Map<string, string>;
  readonly wires: Map<string, Wire>;
  readonly scripts: Map<string, string>;
  readonly ignores: Map<string, Set<string>>;
}

/** What a starter says of itself in its `answers.json`. */
export interface StarterFacts {
  readonly settings: readonly Setting[];
  /** Route to rule, as code: `'user'`, `anyOf('admin')`. */
  readonly access: Readonly<Record<string, string>>;
}

/** A project under work: its tree, the answers, and the verbs a guardrail may use on it. */
export interface Project {
  readonly tree: Tree;
  readonly answers: Answers;
  readonly values: Values;
  readonly framework: FrameworkAdapter;
  readonly starter: StarterFacts;
  readonly contributions: Contributions;
  readonly versions: Readonly<Record<string, string>>;
  read(path: string): string | undefined;
  /** Brings the whole files of `templates/guardrails/<id>/<variant>/`; a later variant wins, a missing one is skipped. */
  stage(id: string, variants: readonly string[]): void;
  edit(path: string, edit: Edit): boolean;
  addDependency(name: string): void;
  addDevDependency(name: string): void;
  addOptionalDependency(name: string): void;
  addScript(name: string, command: string): void;
  addSetting(setting: Setting): void;
  /** Gives a route its entry in the access table. */
  addAccess(route: string, rule: string): void;
  wire(wire: Wire): void;
  /** Adds a line to `.gitignore`, `.dockerignore` or the like. */
  ignore(file: string, line: string): void;
}

/** The answers and the immutable inputs of one plan. */
export interface ProjectInputs {
  readonly tree: Tree;
  readonly answers: Answers;
  readonly values: Values;
  readonly framework: FrameworkAdapter;
  readonly starter: StarterFacts;
  readonly templates: Templates;
  readonly versions: Readonly<Record<string, string>>;
}

type DependencyKind = 'dependencies' | 'devDependencies' | 'optionalDependencies';

/** Opens a tree for guardrails to work on. */
export function openProject(inputs: ProjectInputs): Project {
  const { tree, templates, values, versions } = inputs;
  const contributions: Contributions = {
    settings: new Map(),
    access: new Map(),
    wires: new Map(),
    scripts: new Map(),
    ignores: new Map(),
  };

  const depend = (kind: DependencyKind, name: string): void => {
    const version = versions[name];
    if (version === undefined) throw new Error(`templates/versions.json has no version for ${name}`);
    tree.edit('package.json', (text) => setJson(text, [kind, name], version, byCodeUnit));
  };

  return {
    ...inputs,
    contributions,
    read: (path) => tree.read(path),
    stage: (id, variants) =>
      stageFolders(
        tree,
        templates,
        values,
        variants.map((variant) => `guardrails/${id}/${variant}`),
      ),
    edit: (path, edit) => tree.edit(path, edit),
    addDependency: (name) => depend('dependencies', name),
    addDevDependency: (name) => depend('devDependencies', name),
    addOptionalDependency: (name) => depend('optionalDependencies', name),
    addScript: (name, command) => void contributions.scripts.set(name, command),
    addSetting: (setting) => void contributions.settings.set(setting.name, setting),
    addAccess: (route, rule) => void contributions.access.set(route, rule),
    wire: (wire) => void contributions.wires.set(wire.name, wire),
    ignore: (file, line) =>
      void contributions.ignores.set(file, (contributions.ignores.get(file) ?? new Set()).add(line)),
  };
}

/** Writes the files of template folders to a tree. Throws where a file of somebody else stands in the way. */
export function stageFolders(tree: Tree, templates: Templates, values: Values, folders: readonly string[]): void {
  const files = new Map(
    folders.flatMap((folder) => templates.list(folder).map((path) => [targetPath(path), `${folder}/${path}`] as const)),
  );
  for (const [path, template] of files) {
    const text = templates.render(template, values);
    const existing = tree.read(path);
    if (existing !== undefined && existing !== text)
      throw new Error(`${template} would replace ${path}, which is there already`);
    tree.write(path, text);
  }
}
