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

const compileCache = `// What is compiled once stays compiled: for the next test file, for programs that tests start, and for the next run.
process.env['NODE_COMPILE_CACHE'] ??= 'node_modules/.cache/node';

`;

const options = `    pool: 'threads',
    isolate: false,
    sequence: { setupFiles: 'list' },
    maxWorkers: '100%',
    testTimeout: 30_000,
    passWithNoTests: false,
    allowOnly: false,
    reporters: ['default', './test/guardrails/route-coverage.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary'],
      thresholds: {
        lines: 85,
        statements: 85,
        functions: 85,
        branches: 80,
      },
    },
`;

/** Puts the options that keep tests quick and honest into the configuration, at places where no other edit goes. */
export function guardVitest(text: string): string | false {
  if (text.includes('passWithNoTests')) return false;
  return text.replace(/^export default /m, `${compileCache}$&`).replace(/^ {2}\},\n\}\);\n$/m, `${options}$&`);
}
