import { findingFrom, type Evidence, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { codeOf } from '../telemetry/code-of.ts';

const guards = 'src/guardrails';
const tests = 'test/guardrails';

/** Every route refuses whoever has no right to it: the gate is built, switched on, and comes before the first route. */
export function inspectDefaultDeny(project: Project): Finding {
  const read = codeOf(project);
  const finding = findingFrom('auth/default-deny', 'every route is closed unless the access table opens it', read, [
    ...gateEvidence,
    guardComesFirst(project),
  ]);
  return finding.verdict === 'fail' ? finding : (openWildcard(project) ?? finding);
}

/** The project's own tests walk the real route table and ask each route as a stranger and as the wrong person. */
export function inspectRegressionTest(project: Project): Finding {
  return findingFrom('auth/regression-test', 'the tests try every door as a stranger', codeOf(project), [
    {
      path: `${tests}/authorization-matrix.test.ts`,
      holds: /listRoutes\(app\.app\)[^]*toBe\(401\)[^]*toBe\(403\)/,
      otherwise: 'No test tries every route as a stranger and as somebody with the wrong role.',
    },
    {
      path: `${tests}/overlapping-routes.test.ts`,
      holds: /\btest(?:\.\w+)*\(/,
      otherwise: 'No test looks for routes that can be reached by the rule of another.',
    },
  ]);
}

/** Where something is missing or fails, the answer is no. */
export function inspectNoFailOpen(project: Project): Finding {
  return findingFrom('auth/no-fail-open', 'what is missing or broken closes the door', codeOf(project), [
    {
      path: `${guards}/access-rules.ts`,
      holds: /if \(isOpen\(rule\)\) return 'pass';\s*if \(!user\) return 'sign in';/,
      otherwise: 'A route without a rule could let somebody in.',
    },
    {
      path: `${guards}/server-lock.ts`,
      holds: /mayAnswer\(req\)\)[^]*writeHead\.call\(res, 503/,
      otherwise: 'A second server beside the app could answer without the gate.',
    },
    {
      path: `${guards}/gate.ts`,
      holds: /\blockServers\(\{/,
      otherwise: 'A second server beside the app could answer without the gate.',
    },
    {
      path: `${tests}/fail-closed.test.ts`,
      holds: /\btest(?:\.\w+)*\([^]*decide\(undefined/,
      otherwise: 'No test shows that a route without a rule refuses.',
    },
    {
      path: `${tests}/lock.test.ts`,
      holds: /\btest\b[^]*not\.toHaveBeenCalled\(\)/,
      otherwise: 'No test shows that each route has a lock of its own.',
    },
    {
      path: `${tests}/server-lock.test.ts`,
      holds: /\btest\b[^]*toBe\(503\)/,
      otherwise: 'No test shows that a second server does not answer.',
    },
  ]);
}

const gateEvidence: readonly Evidence[] = [
  {
    path: `${guards}/gate.ts`,
    holds: /checkedTable\(access\)/,
    otherwise: 'Nothing asks the access table who may call a route.',
  },
  {
    path: `${guards}/access.ts`,
    holds: /export const access = \{/,
    otherwise: 'There is no access table: nobody wrote down who may call what.',
  },
  { path: `${guards}/authenticate.ts`, otherwise: 'Nothing finds out who is calling.' },
  {
    path: `${guards}/index.ts`,
    holds: /install\(app, \[[^\]]*\bgate\], lock\)/,
    otherwise: 'The gate and the lock are not switched on.',
    remedy: 'put `gate` last into the list of layers, and `lock` after the list',
  },
  {
    path: `${guards}/index.ts`,
    holds: /^ +requireAccess\(app\);$/m,
    otherwise: 'The program starts although routes have no entry in the access table.',
  },
];

function guardComesFirst({ framework, read }: Project): Evidence {
  const text = read('src/app.ts') ?? '';
  const wired = framework.wireApp(text.replace(/^ *guard\(app\);\n/m, ''), 'guard(app);');
  return {
    path: 'src/app.ts',
    holds: wired === text ? /guard\(app\);/ : /(?!)/,
    otherwise: 'The guards are not in front of the app: anybody could call any route.',
    remedy: 'write `guard(app);` on the line after the one that makes the app',
  };
}

function openWildcard(project: Project): Finding | undefined {
  const entry = /^ *'[^']*\*[^']*': open\(.*$/m.exec(codeOf(project)(`${guards}/access.ts`) ?? '')?.[0];
  if (entry === undefined) return undefined;
  return {
    rule: 'auth/default-deny',
    verdict: 'fail',
    message: `The access table opens more than it names: ${entry.trim()}`,
    where: `${guards}/access.ts`,
    remedy: 'open each address by name',
  };
}
