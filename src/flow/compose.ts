import { setJson } from '../tree/json.ts';
import { appendLine, byCodeUnit, insertIntoList, type LineList } from '../tree/lines.ts';
import type { Edit } from '../tree/tree.ts';
import type { Project, Setting } from './project.ts';
import { renderWiring, wiringPath } from './wiring.ts';

/** The order of package scripts that people see; scripts not named here follow by name. */
const scriptOrder = ['dev', 'start', 'precheck', 'check', 'typecheck', 'lint', 'test'];

/** Writes the files that several guardrails share from what they have handed in, in an order of its own: the result does not depend on theirs. */
export function compose(project: Project): void {
  composeWiring(project);
  composeSettings(project);
  composeAccess(project);
  composeScripts(project);
  composeIgnores(project);
}

function composeWiring({ tree, framework, contributions }: Project): void {
  if (contributions.wires.size === 0) return;
  tree.write(wiringPath, renderWiring([...contributions.wires.values()]));
  tree.edit('src/app.ts', (text) =>
    text.includes('guard(app)') ? false : wireGuard(text, framework.wireApp(text, 'guard(app);')),
  );
}

/** The import joins the last of the file's imports; the file is left alone where either anchor is missing. */
function wireGuard(original: string, wired: string | false): string | false {
  const lastImport = [...original.matchAll(/^import .*;$/gm)].at(-1)?.[0];
  if (wired === false || lastImport === undefined) return false;
  return wired.replace(lastImport, `${lastImport}\nimport { guard } from './guardrails/index.ts';`);
}

const settingList: LineList = {
  opens: /^export const settings = \{$/,
  closes: /^\}/,
  keyOf: (line) => /^ {2}(\w+):/.exec(line)?.[1],
  compare: byCodeUnit,
};

function composeSettings({ tree, contributions }: Project): void {
  const settings = sorted(contributions.settings);
  for (const setting of settings) {
    tree.edit('src/guardrails/settings.ts', (text) => insertIntoList(text, settingList, settingLine(setting)));
    tree.edit('.env.example', (text) => addExample(text, setting));
  }
}

function settingLine({ name, kind, code, about }: Setting): string {
  return `  ${name}: ${kind}(${code}, '${about.replaceAll("'", "\\'")}'),`;
}

function addExample(text: string, { name, kind, about, example }: Setting): string | false {
  if (text.includes(`${name}=`) && new RegExp(`^#? ?${name}=`, 'm').test(text)) return false;
  const line = kind === 'secret' ? `${name}=` : example === undefined ? `# ${name}=` : `${name}=${example}`;
  return `${text}\n# ${about}${kind === 'secret' ? ' (secret)' : ''}\n${line}\n`;
}

/** Where the access table of a project stands. */
export const accessPath = 'src/guardrails/access.ts';

const accessList: LineList = {
  opens: /^export const access = \{$/,
  closes: /^\}/,
  keyOf: (line) => /^ {2}'([^']+)':/.exec(line)?.[1],
  compare: (left, right) => byCodeUnit(pathFirst(left), pathFirst(right)),
};

function pathFirst(route: string): string {
  return route.split(' ').toReversed().join(' ');
}

function composeAccess({ tree, contributions }: Project): void {
  for (const [route, rule] of contributions.access) {
    tree.edit(accessPath, addAccess(route, rule));
  }
}

/** Gives a route its line in the access table: `'POST /permits'` and, as code, `'user'`. */
export function addAccess(route: string, rule: string): Edit {
  return (text) => insertIntoList(text, accessList, `  '${route}': ${rule},`);
}

function composeScripts({ tree, contributions }: Project): void {
  for (const [name, command] of contributions.scripts) {
    tree.edit('package.json', (text) => setJson(text, ['scripts', name], command, byScriptOrder));
  }
}

function byScriptOrder(left: string, right: string): number {
  return scriptRank(left) - scriptRank(right) || byCodeUnit(left, right);
}

function scriptRank(name: string): number {
  const rank = scriptOrder.indexOf(name);
  return rank === -1 ? scriptOrder.length : rank;
}

function composeIgnores({ tree, contributions }: Project): void {
  for (const [file, lines] of contributions.ignores) {
    if (tree.read(file) === undefined) tree.write(file, '');
    for (const line of [...lines].toSorted(exceptionsLast)) tree.edit(file, (text) => appendLine(text, line));
  }
}

/** A line such as `!.env.example` takes back what a line before it ignores. */
function exceptionsLast(left: string, right: string): number {
  return Number(left.startsWith('!')) - Number(right.startsWith('!')) || byCodeUnit(left, right);
}

function sorted(settings: ReadonlyMap<string, Setting>): Setting[] {
  return [...settings.values()].toSorted((left, right) => byCodeUnit(left.name, right.name));
}
