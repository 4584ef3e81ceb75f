// After an error that nobody has foreseen the app says what it was and stops, so that it can be started afresh.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const env = { ...process.env, LOG_LEVEL: 'info' };
const program = fileURLToPath(new URL('surprise.ts', import.meta.url));

test.each(['thrown', 'rejected'])('an error that is %s and not caught', { timeout: 30_000 }, (how) => {
  const { status, stdout } = spawnSync(process.execPath, [program, how], { encoding: 'utf8', env });
  expect(status).toBe(1);
  expect(stdout.trimEnd().split('\n').map(parse)).toMatchObject([
    { level: 'fatal', event: 'sys_crash', err: { type: 'Error', message: `surprise: ${how}` } },
  ]);
});

test('the app begins with it', () => {
  expect(readFileSync('src/main.ts', 'utf8')).toMatch(/^import '\.\/guardrails\/fatal\.ts';$/m);
});

function parse(line: string): unknown {
  return JSON.parse(line);
}
