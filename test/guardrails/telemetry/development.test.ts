import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { planGuardrails, stageStarter } from '../../../src/flow/create.ts';
import logs from '../../../src/guardrails/logs/index.ts';
import secrets from '../../../src/guardrails/secrets/index.ts';
import telemetry from '../../../src/guardrails/telemetry/index.ts';
import { createTree } from '../../../src/tree/tree.ts';
import { answersWith, inputs } from '../../support/answers.ts';

const installed = resolve('test/workbench/node_modules');
const folder = mkdtempSync(join(tmpdir(), 'development-'));
const patience = { timeout: 25_000, interval: 100 };

let program: ChildProcess;
let output = '';

beforeAll(() => {
  const tree = createTree();
  stageStarter(tree, answersWith(), inputs);
  const { files } = planGuardrails(tree, answersWith(), inputs, [secrets, telemetry, logs]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(installed, join(folder, 'node_modules'));
  const env = { ...process.env, DATABASE_FILE: ':memory:', SECRET_SOURCES: 'env', NODE_ENV: 'development', PORT: '0' };
  program = spawn(join(installed, '.bin', 'node'), ['scripts/dev.ts'], { cwd: folder, env });
  for (const stream of [program.stdout, program.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
});
afterAll(() => {
  program.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const address = (name: string): string => new RegExp(`${name} +(http://\\S+)`).exec(output)?.[1] ?? '';
const starts = (): number => output.match(/Listening on/g)?.length ?? 0;

test('a request to the app is seen in the terminal and on the page', async () => {
  await vi.waitUntil(() => starts() === 1, patience);
  const page = (await fetch(`${address('traces')}/events`)).body?.pipeThrough(new TextDecoderStream());
  expect((await fetch(`${address('app')}/expenses?limit=3`)).status).toBe(200);

  await vi.waitUntil(() => /\d\d:\d\d:\d\d 200 GET \/expenses +[\d.]+ ms/.test(output), patience);
  let seen = '';
  for await (const text of page ?? []) if ((seen += text).includes('GET /expenses')) break;
  expect(seen).toContain(`"app":"${address('app')}"`);
  expect(output).not.toContain('{"level"');
});

test('a changed file starts the app again, at the same address', async () => {
  appendFileSync(join(folder, 'src', 'app.ts'), '\n');
  await vi.waitUntil(() => starts() === 2, patience);
  expect((await fetch(`${address('app')}/expenses`)).status).toBe(200);
});

test('told to stop, it takes the app along', async () => {
  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([0, null]);
  await expect(fetch(address('app'))).rejects.toThrow();
  await expect(fetch(address('traces'))).rejects.toThrow();
});
