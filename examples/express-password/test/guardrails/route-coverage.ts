// Fails a full test run when a route has no test that uses it properly, none that is refused, or none that sends it wrong input.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { type AccessTable, isOpen } from '../../src/guardrails/access-rules.ts';
import { access } from '../../src/guardrails/access.ts';

/** One answer that a test got over HTTP; `test` is the file it is in. */
export interface Hit {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly test?: string;
}

/** Routes that take a request body by their method, but look at nothing in it. */
const takeNoInput = new Set(['POST /auth/sign-out']);

/** One sentence for each route and each kind of test that it lacks. */
export function missingTests(table: AccessTable, hits: readonly Hit[]): string[] {
  const keys = Object.keys(table).filter((key) => !key.startsWith('USE '));
  const routed = hits.map((hit) => ({ ...hit, key: routeOf(hit, keys) }));
  return keys.flatMap((key) => {
    const statuses = (own: boolean): number[] =>
      routed.filter((hit) => hit.key === key && !(own && isWalk(hit.test))).map(({ status }) => status);
    const takesInput = /^(?:POST|PUT|PATCH) /.test(key) && !takeNoInput.has(key);
    return [
      ...(statuses(true).some((status) => status < 400) ? [] : [`${key}: no test of its own gets a good answer`]),
      ...(isOpen(table[key]) || statuses(false).some((status) => status === 401 || status === 403)
        ? []
        : [`${key}: no test is refused`]),
      ...(!takesInput || statuses(false).some((status) => [400, 413, 415, 422].includes(status))
        ? []
        : [`${key}: no test sends wrong input`]),
    ];
  });
}

/** The registered route that answered; of several that match, the one with the fewest parameters. */
function routeOf({ method, path }: Hit, keys: readonly string[]): string | undefined {
  const request = `${method === 'HEAD' ? 'GET' : method} ${path.replace(/(.)\/$/, '$1')}`;
  const matching = keys.filter((key) =>
    new RegExp(`^${key.replace(/[.+]/g, '\\$&').replace(/:\w+/g, '[^/]+').replace(/\*/g, '.*')}$`).test(request),
  );
  return matching.toSorted((left, right) => left.split(':').length - right.split(':').length)[0];
}

/** Tests that walk over all routes say nothing about what a single one is for. */
function isWalk(test: string | undefined): boolean {
  return test !== undefined && /\blistRoutes\(/.test(readFileSync(test, 'utf8'));
}

/** Collects the answers of all test files; looks at them only when every file has run. */
export default class RouteCoverage implements Reporter {
  readonly #folder = mkdtempSync(join(tmpdir(), 'route-hits-'));
  readonly #file = join(this.#folder, 'hits.jsonl');

  onInit(): void {
    writeFileSync(this.#file, '');
    process.env['ROUTE_HITS'] = this.#file;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = readFileSync(this.#file, 'utf8').split('\n').filter(Boolean);
    const missing = missingTests(
      access,
      lines.map((line) => JSON.parse(line) as Hit),
    );
    rmSync(this.#folder, { recursive: true, force: true });
    if (modules.length < globSync('test/**/*.test.ts').length || missing.length === 0) return;
    console.error(`\nRoutes without a test:\n${missing.map((line) => `  ${line}`).join('\n')}\n`);
    process.exitCode = 1;
  }
}
