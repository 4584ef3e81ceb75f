// Starts the app for the tests as people start it, with settings that open nothing, and ends it afterwards.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { questionsTo } from './ask.mjs';
import { missingSettings, settingsFor } from './settings-for-tests.mjs';

/** How the app is started, from its own folder. */
const start = 'node server.js';
const longestStart = 60_000; // milliseconds

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../..');

/** Starts the app, waits until it listens, and gives what asks it. Throws in plain words where it does not start. */
export async function startApp() {
  const scratch = mkdtempSync(join(tmpdir(), 'guard-tests-'));
  const journal = join(scratch, 'listening');
  writeFileSync(journal, '');
  const port = await freePort();
  const settings = { ...(await settingsFor(folder, scratch)), PORT: String(port), GUARD_TESTS_JOURNAL: journal };
  const child = spawn(start, { cwd: folder, shell: true, detached: true, env: environment(settings) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  // Tests that fail before their end do not wait for the app.
  for (const handle of [child, child.stdout, child.stderr]) handle.unref();
  const stop = () => endAll(child, scratch);
  process.once('exit', stop);

  for (const end = Date.now() + longestStart; Date.now() < end; await pause(25)) {
    const servers = listening(journal);
    const server = servers.find((each) => each.port === port) ?? (await answering(servers));
    // Routes may be added for a moment after it listens.
    if (server) return pause(150).then(() => ({ ask: questionsTo(server), stop }));
    if (child.exitCode !== null) break;
  }
  stop();
  throw new Error(notStarted(output));
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

function listening(journal) {
  return readFileSync(journal, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Of several servers the one that is for people: that of a bundler, or one beside the app, answers 426 or 503. */
async function answering(servers) {
  for (const server of servers) {
    const { status } = await questionsTo(server)({ path: '/' });
    if (![0, 426, 503].includes(status)) return server;
  }
  return undefined;
}

function notStarted(output) {
  const missing = missingSettings(folder);
  const needs =
    missing.length === 0 ? '' : `\nSettings that it may need and that are not set here: ${missing.join(', ')}.`;
  const tail = output.trim().split('\n').slice(-15).join('\n');
  return `The app does not start by: ${start} (in guardrails/tests/run-app.mjs).${needs}\nIts last words:\n${tail}`;
}

/** A port that nobody uses. An app that has a port of its own takes that one. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
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
  rmSync(scratch, { recursive: true, force: true });
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
