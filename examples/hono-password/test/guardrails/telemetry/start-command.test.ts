// However the app is started (by hand, for development, in its container), its telemetry comes first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freePort } from '../../../scripts/trace-viewer/port.ts';
import { startCollector } from './collector.ts';
import { startCommand } from './run-app.ts';

const patience = { timeout: 30_000 };
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

test('the real start command sends the trace of a request', patience, async () => {
  const collector = await startCollector();
  const port = await freePort(0);
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '50' };
  const child = spawn(process.execPath, startCommand().slice(1), {
    env: { ...process.env, ...settings, HOST: '127.0.0.1', PORT: String(port) },
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const nowhere = (): Promise<Response> => fetch(`http://127.0.0.1:${port}/nowhere`);
  await vi.waitFor(nowhere, patience);
  await vi.waitUntil(() => collector.spans().some(({ name }) => name === 'GET'), patience);
  child.kill();
  await once(child, 'exit');
  collector.stop();
});
