/** What typecheck, lint and tests need. */
export const packages = ['@vitest/coverage-v8', 'oxlint', 'typescript', 'vitest'] as const;

/** `node --run` starts a package script whatever the package manager is, and without its start-up time. */
export const scripts = {
  check: 'node --run typecheck && node --run lint && node --run test:coverage',
  typecheck: 'tsc',
  lint: 'oxlint --deny-warnings',
  test: 'vitest run',
  'test:coverage': 'vitest run --coverage',
} as const;

/** Compiler options that are on in every project. */
export const compilerOptions = [
  'strict',
  'noUncheckedIndexedAccess',
  'exactOptionalPropertyTypes',
  'noImplicitOverride',
  'noImplicitReturns',
  'noFallthroughCasesInSwitch',
  'noUnusedLocals',
  'noUnusedParameters',
] as const;

const options = `    passWithNoTests: false,
    allowOnly: false,
    reporters: ['default', './test/guardrails/route-coverage.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
      thresholds: {
        lines: 85,
        statements: 85,
        functions: 85,
        branches: 80,
      },
    },
`;

/** Puts the options that keep tests honest at the end of the `test` block. */
export function guardVitest(text: string): string | false {
  return text.includes('passWithNoTests') ? false : text.replace(/^ {2}\},\n\}\);\n$/m, `${options}$&`);
}
