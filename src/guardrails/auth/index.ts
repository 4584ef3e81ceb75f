import type { Project } from '../../flow/project.ts';
import { addSetupFile } from '../../tree/setup-files.ts';
import { defineGuardrail } from '../guardrail.ts';
import { identityFor } from './identity.ts';
import { inspectDefaultDeny, inspectNoFailOpen, inspectRegressionTest } from './inspect.ts';
import { inspectBruteForce, inspectObjectLevel, inspectTokensAndCookies } from './inspect-users.ts';
import { ownerIsCurrentUser, ownerPath, signInTestUsers, testSupportPath } from './signed-in-user.ts';

export default defineGuardrail({
  id: 'auth',
  title: 'Nobody gets in without being known, and nobody reaches what is not meant for them.',
  why: 'A route that somebody forgot to close is open to the whole internet, and nothing looks wrong until it is found.',
  rules: [
    'auth/default-deny',
    'auth/regression-test',
    'auth/no-fail-open',
    'auth/object-level',
    'auth/tokens-and-cookies',
    'auth/brute-force',
  ],

  inspect: (project) =>
    [
      inspectDefaultDeny,
      inspectRegressionTest,
      inspectNoFailOpen,
      inspectObjectLevel,
      inspectTokensAndCookies,
      inspectBruteForce,
    ].map((inspect) => inspect(project)),

  apply(project) {
    const { auth, framework, starter } = project.answers;
    const { variants, packages, settings, scripts, access } = identityFor(project.answers);
    project.stage('auth', ['all', starter, framework, ...variants, `${auth}-${framework}`]);
    for (const name of packages) project.addDependency(name);
    for (const setting of settings) project.addSetting(setting);
    for (const [name, command] of Object.entries(scripts)) project.addScript(name, command);
    for (const [route, rule] of Object.entries({ ...project.starter.access, ...access }))
      project.addAccess(route, rule);
    wireGate(project);
    project.edit(ownerPath, ownerIsCurrentUser);
    project.edit(testSupportPath, signInTestUsers);
    project.edit('vitest.config.ts', addSetupFile('test/identity-setup.ts'));
  },
});

function wireGate(project: Project): void {
  project.wire({ kind: 'layer', name: 'gate', from: './gate.ts', rank: 60 });
  project.wire({ kind: 'lock', name: 'lock', from: './gate.ts', rank: 60 });
  project.wire({ kind: 'routes', name: 'requireAccess', from: './gate.ts', rank: 0 });
  project.wire({ kind: 'routes', name: 'userRoutes', from: './user-routes.ts', rank: 20 });
}
