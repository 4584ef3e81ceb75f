import { removeAll, replaceEverywhere, replaceIn, type Fault } from '../fault.ts';
import type { Tree } from '../../tree/tree.ts';

const pipeline = /^\.github\/workflows\/ci\.yml$|^\.gitlab-ci\.yml$/;

/** Faults in what runs before a merge, and in what is installed. */
export const ciFaults: readonly Fault[] = [
  {
    id: 'action-unpinned',
    title: 'an action taken by its tag instead of its commit',
    rule: 'ci/workflow-hardened',
    plant: (tree) =>
      replaceEverywhere(tree, /^\.github\/workflows\/ci\.yml$/, /@[0-9a-f]{40} # (v\d+)[.\d]*/, '@v7') ||
      replaceIn(tree, '.gitlab-ci.yml', /image: (\S+?)(@sha256:\S+|:\S+)/, 'image: node:latest'),
  },
  {
    id: 'failure-ignored',
    title: 'the test step may fail without consequence',
    rule: 'ci/gate-on-pr',
    plant: (tree) =>
      replaceEverywhere(
        tree,
        /^\.github\/workflows\/ci\.yml$/,
        /^( *)- (run: .*check.*|name: .*[Cc]heck.*|run: .*test.*)$/m,
        '      - continue-on-error: true\n        run: npm test',
      ) || replaceIn(tree, '.gitlab-ci.yml', /^( *)script:/m, '  allow_failure: true\n  script:'),
  },
  {
    id: 'pipeline-removed',
    title: 'the pipeline deleted',
    rule: 'ci/gate-on-pr',
    plant: (tree) => removeAll(tree, pipeline),
  },
  {
    id: 'pipeline-step-removed',
    title: 'the check taken out of the pipeline',
    rule: 'ci/gate-on-pr',
    plant: (tree) => replaceEverywhere(tree, pipeline, /^.*run (check|test).*\n/m, ''),
  },
  {
    id: 'token-writes',
    title: "the pipeline's token may write everything",
    rule: 'ci/workflow-hardened',
    plant: (tree) =>
      replaceIn(tree, '.github/workflows/ci.yml', /^permissions: .*$/m, 'permissions: write-all') ||
      replaceIn(tree, '.gitlab-ci.yml', /^stages:/m, 'variables:\n  GIT_STRATEGY: none\nstages:'),
  },
  {
    id: 'owners-changed',
    title: 'the guard files lose their reviewers',
    rule: 'agent/guard-files-protected',
    plant: (tree) => replaceEverywhere(tree, /CODEOWNERS$/, /^.*src\/guardrails.*\n/m, ''),
  },
  {
    id: 'update-bot-removed',
    title: 'the update bot removed',
    rule: 'deps/update-bot',
    plant: (tree) => removeAll(tree, /dependabot\.yml$|renovate\.json$/),
  },
  {
    id: 'package-too-many',
    title: 'two hundred packages more',
    rule: 'deps/no-dead-weight',
    plant: addPackages,
  },
  {
    id: 'version-floats',
    title: 'a dependency without an exact version',
    rule: 'deps/lockfile-frozen',
    plant: (tree) => replaceIn(tree, 'package.json', /"zod": "[^"]*"/, '"zod": "latest"'),
  },
];

/** The lock file as it would look after a careless install. */
function addPackages(tree: Tree): boolean {
  return tree.edit('package-lock.json', (text) => {
    const lock = JSON.parse(text) as { packages: Record<string, object> };
    for (let number = 0; number < 200; number += 1)
      lock.packages[`node_modules/left-pad-${number}`] = { version: '1.0.0' };
    return `${JSON.stringify(lock, null, 2)}\n`;
  });
}
