import { appendTo, replaceIn, type Fault } from '../fault.ts';
import type { Tree } from '../../tree/tree.ts';

const app = 'src/app.ts';
const access = 'src/guardrails/access.ts';

/** Faults that open a door. */
export const accessFaults: readonly Fault[] = [
  {
    id: 'route-without-access',
    title: 'a new route that nobody entered in the access table',
    rule: 'auth/default-deny',
    plant: (tree) => replaceIn(tree, app, /^( *)return app;/m, `  ${routeCode(tree)}\n  return app;`),
  },
  {
    id: 'open-wildcard',
    title: 'a wildcard entry that opens everything below /',
    rule: 'auth/default-deny',
    plant: (tree) =>
      replaceIn(
        tree,
        access,
        /^export const access = \{$/m,
        "export const access = {\n  'GET /*': open('everything'),",
      ),
  },
  {
    id: 'access-widened',
    title: 'the admin report opened to everybody',
    rule: 'auth/default-deny',
    plant: (tree) => ruleForReport(tree, "open('for the demo')"),
  },
  {
    id: 'role-dropped',
    title: 'the admin report given to every signed-in user',
    rule: 'auth/default-deny',
    plant: (tree) => ruleForReport(tree, "'user'"),
  },
  {
    id: 'gate-removed',
    title: 'the gate taken out of the list of guardrails',
    rule: 'auth/default-deny',
    plant: (tree) =>
      replaceIn(tree, 'src/guardrails/index.ts', /, gate\]/, ']') &&
      replaceIn(tree, 'src/guardrails/index.ts', /\{ gate, /, '{ '),
  },
  {
    id: 'guard-commented-out',
    title: 'guard(app) commented out "for local development"',
    rule: 'auth/default-deny',
    plant: (tree) =>
      replaceIn(tree, app, /^( *)guard\(app\);/m, '  // guard(app);') &&
      replaceIn(tree, app, /^import \{ guard \}.*\n/m, ''),
  },
  {
    id: 'guard-too-late',
    title: 'guard(app) moved behind the routes',
    rule: 'auth/default-deny',
    plant: (tree) =>
      replaceIn(tree, app, /^ *guard\(app\);\n/m, '') &&
      replaceIn(tree, app, /^( *)return app;/m, '  guard(app);\n  return app;'),
  },
  {
    id: 'second-listen',
    title: 'a second server, without the guard, on another port',
    rule: 'auth/default-deny',
    plant: (tree) =>
      replaceIn(tree, 'src/main.ts', /^/, "import { createServer } from 'node:http';\n") &&
      appendTo(tree, 'src/main.ts', "\ncreateServer((_request, response) => response.end('metrics')).listen(9100);"),
  },
  {
    id: 'decide-lets-through',
    title: 'the decision falls through to "yes" when a route has no entry',
    rule: 'auth/no-fail-open',
    plant: (tree) =>
      replaceIn(
        tree,
        'src/guardrails/access-rules.ts',
        /(export function decide\([^]*?\{\n)/,
        "$1  if (rule === undefined) return 'allowed' as never;\n",
      ),
  },
  {
    id: 'sign-in-skipped',
    title: 'everybody is an admin while an environment variable is missing',
    rule: 'auth/no-fail-open',
    plant: (tree) =>
      replaceIn(
        tree,
        'src/guardrails/authenticate.ts',
        /(export async function authenticate\([^]*?\{\n)/,
        "$1  if (!process.env.AUTH_ENABLED) return { id: 'dev', roles: ['admin'] };\n",
      ),
  },
  {
    id: 'owner-filter-removed',
    title: 'a record is looked up by its id alone, whoever owns it',
    rule: 'auth/object-level',
    plant: (tree) =>
      replaceIn(tree, 'src/data/expenses.ts', 'WHERE id = ? AND owner = ?', 'WHERE id = ? AND owner IS NOT ?'),
  },
  {
    id: 'owner-from-nobody',
    title: 'everything belongs to one shared owner again',
    rule: 'auth/object-level',
    plant: (tree) =>
      replaceIn(tree, 'src/services/owner.ts', /return currentUser\(\)\.id;/, "return currentUser().id && 'local';"),
  },
];

/** Another rule for the report of the admins; an import that nothing needs any more goes too, as a tidy author would do. */
function ruleForReport(tree: Tree, rule: string): boolean {
  return tree.edit(access, (text) => {
    const changed = text.replace(/'GET \/reports\/total': .*,/, `'GET /reports/total': ${rule},`);
    return changed.includes('anyOf(') && !/^ {2}'.*anyOf\(/m.test(changed)
      ? changed.replace('{ anyOf, ', '{ ')
      : changed;
  });
}

/** A route that answers everybody, in the words of the project's framework. */
function routeCode(tree: Tree): string {
  const dependencies = tree.read('package.json') ?? '';
  if (dependencies.includes('"fastify"')) return "app.get('/debug', async () => ({ debug: true }));";
  if (dependencies.includes('"express"'))
    return "app.get('/debug', (_request, response) => void response.json({ debug: true }));";
  return "app.get('/debug', (context) => context.json({ debug: true }));";
}
