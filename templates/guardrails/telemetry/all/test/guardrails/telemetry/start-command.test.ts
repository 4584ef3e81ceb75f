// However the app is started (by hand, for development, in its container), its telemetry comes first.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const flag = '--import ./src/guardrails/telemetry.ts';
const read = (path: string): string => readFileSync(path, 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

test('the start command loads the telemetry before the app', () => {
  expect(scripts.start).toMatch(/^node --import \.\/src\/guardrails\/telemetry\.ts (--\S+ )*src\/main\.ts$/);
});

test('the development command does too', () => {
  expect(scripts.dev).toBe('node scripts/dev.ts');
  expect(read('scripts/dev.ts')).toContain("'--import', './src/guardrails/telemetry.ts', 'src/main.ts'");
});

test('the container does too', () => {
  const [command = '[]'] = read('Dockerfile').match(/(?<=^CMD )\[.+\]$/m) ?? [];
  expect((JSON.parse(command) as string[]).join(' ')).toContain(`node ${flag}`);
});
