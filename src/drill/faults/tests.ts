import { removeAll, replaceEverywhere, replaceIn, type Fault } from '../fault.ts';

/** Faults that make the checks say yes. */
export const testFaults: readonly Fault[] = [
  {
    id: 'matrix-deleted',
    title: 'the authorization test deleted',
    rule: 'auth/regression-test',
    plant: (tree) => removeAll(tree, /^test\/guardrails\/authorization.*\.test\.ts$/),
  },
  {
    id: 'matrix-narrowed',
    title: 'the authorization test looks at one route only',
    rule: 'auth/regression-test',
    plant: (tree) =>
      replaceEverywhere(
        tree,
        /^test\/guardrails\/authorization.*\.test\.ts$/,
        /listRoutes\(([^)]*)\)(?!;?\s*from)/,
        'listRoutes($1).slice(0, 1)',
      ),
  },
  {
    id: 'two-user-test-skipped',
    title: 'the two-user test skipped',
    rule: 'auth/object-level',
    plant: (tree) =>
      replaceEverywhere(
        tree,
        /^test\/guardrails\/.*(object-level|owner|two-user).*\.test\.ts$/,
        /^( *)test\(/m,
        'test.skip(',
      ),
  },
  {
    id: 'pass-with-no-tests',
    title: 'vitest told to pass without tests',
    rule: 'tests/exist-and-assert',
    plant: (tree) =>
      replaceIn(tree, 'vitest.config.ts', /passWithNoTests: false/, 'passWithNoTests: true') &&
      removeAll(tree, /^test\/[^/]*\.test\.ts$/),
  },
  {
    id: 'coverage-lowered',
    title: 'the coverage floor lowered to nothing',
    rule: 'tests/no-weakening',
    plant: (tree) => replaceIn(tree, 'vitest.config.ts', /(lines|statements|branches|functions): \d+/, 'lines: 0'),
  },
  {
    id: 'tests-narrowed',
    title: 'vitest told to run one file',
    rule: 'tests/no-weakening',
    plant: (tree) => replaceIn(tree, 'vitest.config.ts', /include: \[[^\]]*\]/, "include: ['test/expenses.test.ts']"),
  },
  {
    id: 'check-does-nothing',
    title: '"check": "true"',
    rule: 'tests/exist-and-assert',
    plant: (tree) => replaceIn(tree, 'package.json', /"check": "[^"]*"/, '"check": "true"'),
  },
  {
    id: 'test-never-fails',
    title: '"test" ends in || true',
    rule: 'tests/exist-and-assert',
    plant: (tree) => replaceIn(tree, 'package.json', /"test": "([^"]*)"/, '"test": "vitest run || true"'),
  },
  {
    id: 'lint-left-out',
    title: 'the linter left out of the check',
    rule: 'ci/gate-on-pr',
    plant: (tree) => replaceIn(tree, 'package.json', /"lint": "[^"]*"/, '"lint": "echo fine"'),
  },
  {
    id: 'lint-disabled',
    title: 'the linter switched off in a guard file',
    rule: 'agent/no-suppression-drift',
    plant: (tree) => replaceIn(tree, 'src/guardrails/gate.ts', /^/, '/* oxlint-disable */\n'),
  },
  {
    id: 'types-loosened',
    title: 'the compiler no longer strict',
    rule: 'arch/strict-types',
    plant: (tree) => replaceIn(tree, 'tsconfig.json', /"strict": true/, '"strict": false'),
  },
  {
    id: 'layer-skipped',
    title: 'a route that reads the database itself',
    rule: 'arch/layer-boundaries',
    plant: (tree) =>
      replaceIn(tree, 'src/routes/reports.ts', /^/, "import { findTotals } from '../data/expenses.ts';\n") &&
      tree.edit('src/routes/reports.ts', (text) => `${text}\nexport const totals = findTotals;\n`),
  },
];
