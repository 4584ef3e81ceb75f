// Starts the app for the tests as people start it, with settings that open nothing, and ends it afterwards.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { questionsTo } from './ask.mjs';
import { freePort, serverOfApp } from './listening.mjs';
import { missingSettings, settingsFor } from './settings-for-tests.mjs';

/** How the app is started, from its own folder: the first of these lines that works. */
const starts = ['node src/index.js'];
const longestStart = 60_000; // milliseconds

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../..');

/** Starts the app, waits until it listens, and gives what asks it. Throws in plain words where it does not start. */
export async function startApp() {
  const scratch = mkdtempSync(join(tmpdir(), 'guard-tests-'));
  const journal = join(scratch, 'listening');
  const port = await freePort();
  const settings = { ...(await settingsFor(folder, scratch)), PORT: String(port), GUARD_TESTS_JOURNAL: journal };
  let output = '';
  for (const start of starts) {
    writeFileSync(journal, '');
    const child = spawn(start, { cwd: folder, shell: true, detached: true, env: environment(settings) });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    // Tests that fail before their end do not wait for the app.
    for (const handle of [child, child.stdout, child.stderr]) handle.unref();
    const stop = () => endAll(child, scratch);
    process.once('exit', stop);
    const server = await listeningServer(child, journal, port);
    // Routes may be added for a moment after it listens.
    if (server) return pause(150).then(() => ({ ask: questionsTo(server), stop }));
    endAll(child);
  }
  rmSync(scratch, { recursive: true, force: true });
  throw new Error(notStarted(output));
}

async function listeningServer(child, journal, port) {
  for (const end = Date.now() + longestStart; Date.now() < end; await pause(25)) {
    const server = await serverOfApp(journal, port);
    if (server || child.exitCode !== null) return server;
  }
  return undefined;
}

function environment(settings) {
  const { NODE_ENV, NODE_TEST_CONTEXT, NODE_OPTIONS = '', ...outer } = process.env;
  const bins = [join(folder, 'node_modules/.bin'), ...upwards(folder).map((each) => join(each, 'node_modules/.bin'))];
  const preload = `--require ${JSON.stringify(join(here, 'tell-port.cjs'))}`;
  const path = [...bins, outer.PATH ?? ''].join(delimiter);
  return { ...outer, ...settings, PATH: path, NODE_OPTIONS: `${NODE_OPTIONS} ${preload}`.trim() };
}

function upwards(path) {
  return dirname(path) === path ? [] : [dirname(path), ...upwards(dirname(path))];
}

function notStarted(output) {
  const missing = missingSettings(folder);
  const needs =
    missing.length === 0 ? '' : `\nSettings that it may need and that are not set here: ${missing.join(', ')}.`;
  const tail = output.trim().split('\n').slice(-15).join('\n');
  return `The app does not start by: ${starts.join(', or ')} (in guardrails/tests/run-app.mjs).${needs}\nIts last words:\n${tail}`;
}

/** Ends every process of the app. */
function endAll(child, scratch) {
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
  child.unref();
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
