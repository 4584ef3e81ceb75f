import { codeOwnersOf, codeOwnersPlaces, isRealOwner } from '../../repository/code-owners.ts';
import type { Repository } from '../../repository/repository.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

/** Files that decide what is allowed, by what they are for people. */
const guards: readonly (readonly [string, RegExp])[] = [
  [
    'the pipeline',
    /^(?:\.github\/(?:workflows|actions)\/|\.gitlab-ci\.yml$|\.circleci\/|azure-pipelines|bitbucket-pipelines\.yml$|Jenkinsfile$)/,
  ],
  ['CODEOWNERS itself', /^(?:\.github\/|\.gitlab\/|docs\/)?CODEOWNERS$/],
  ['the stage and the owner', /^catalog-info\.ya?ml$/],
  [
    'the settings of the checks',
    /^(?:shipshape\.[\w.]+|\.shipshape\/.+|ruleset[\w-]*\.json|\.pre-commit-config\.yaml|\.husky\/.+|lefthook\.ya?ml)$/,
  ],
  ['the list of public routes', /(?:^|\/)(?:public-?routes|access)\.(?:[cm]?[jt]s|json|ya?ml)$/i],
  ['the guard', /^(?:[\w-]+\/){0,3}(?:guardrails|guards?|auth|authorization|policies|rls)(?:\/.+|\.[cm]?[jt]s)$/i],
  [
    'the tests of the guard',
    /^(?:[\w-]+\/){0,3}(?:authorization|access|guard|permissions?|rbac)[\w-]*\.(?:test|spec)\.[cm]?[jt]sx?$/i,
  ],
  [
    'what coding agents are told',
    /^(?:AGENTS|CLAUDE|GEMINI)\.md$|^\.(?:claude|cursor|codex|gemini)\/|^\.mcp\.json$|^\.github\/copilot-instructions\.md$/,
  ],
  ['scripts and packages', /^package\.json$/],
  ['the image', /^Dockerfile$/],
  ['changes of the database', /^(?:prisma\/migrations|migrations|db\/migrations|supabase\/migrations)\//],
];

export default defineRule({
  id: 'agent/guard-files-protected',
  title: 'The files that enforce the rules belong to people who have to agree to a change.',
  why: 'The quickest way to a green check is to edit the check. A coding agent that is stuck finds it.',
  weight: 'high',
  stage: 'prototype',
  measured: false,
  finds:
    'The line of CODEOWNERS that counts for each pipeline, guard, list of public routes, test of the guard, instruction to agents, package.json, Dockerfile and migration. What a change takes away is told by `check --diff`.',
  blind: 'Whether the host asks the owners: see ci/branch-rules.',
  fix: 'Write lines for these files at the end of CODEOWNERS, with people as owners.',
  references: ['OWASP Secure Coding with AI §6, §7, §10', 'CIS Software Supply Chain 1.1.6, 1.1.7'],
  check(repository) {
    const present = guards.flatMap(([what, pattern]) => {
      const paths = repository.files.flatMap(({ path, role }) =>
        role !== 'fixture' && role !== 'vendored' && pattern.test(path) ? path : [],
      );
      return paths.length > 0 ? [{ what, paths }] : [];
    });
    if (present.length === 0)
      return [{ verdict: 'not-applicable', message: 'There is no file here that enforces a rule.' }];
    const owners = codeOwnersOf(repository);
    if (!owners) return [noOwners(present.map(({ what }) => what))];
    const findings = present.flatMap(({ what, paths }) => unowned(repository, what, paths));
    return findings.length > 0
      ? findings
      : [
          {
            verdict: 'pass',
            message: 'Somebody has to agree to a change of what enforces the rules.',
            where: { path: owners.path },
          },
        ];
  },
});

function noOwners(what: readonly string[]): RuleFinding {
  return {
    verdict: 'fail',
    message: `Nobody has to agree when somebody, or an agent, changes ${what.slice(0, 4).join(', ')}.`,
    where: { path: '.' },
    key: 'no owners',
    confidence: 'certain',
    searched: [...codeOwnersPlaces],
    remedy: 'Write .github/CODEOWNERS with a line for all files, and lines for these.',
  };
}

/** One finding for each kind of file: the first of it that nobody owns. */
function unowned(repository: Repository, what: string, paths: readonly string[]): RuleFinding[] {
  const owners = codeOwnersOf(repository);
  const open = paths.find((path) => !owners?.lineFor(path)?.owners.some(isRealOwner));
  if (open === undefined || !owners) return [];
  const line = owners.lineFor(open)?.line;
  return [
    {
      verdict: 'fail',
      message: `Nobody has to agree to a change of ${what}: ${open}.`,
      ...(line === undefined ? { where: { path: owners.path } } : proofAt(repository, owners.path, line)),
      key: what,
      confidence: 'likely',
      remedy: `Add a line for ${open} to ${owners.path}, with people as owners.`,
    },
  ];
}
