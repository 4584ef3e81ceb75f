// Runs vitest on the Node that generated projects bring along: vitest 5 needs a newer one than the CLI itself. Arguments go to vitest.
// The CLI under test runs on the Node that started this script.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const workbench = join('test', 'workbench');
installWorkbench();
const node = join(workbench, 'node_modules', '.bin', 'node');
const { status } = spawnSync(node, [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, SHIPSHAPE_NODE: process.execPath },
});
process.exitCode = status ?? 1;

/** Everything that a generated project may depend on, installed once, so that tests can lend it to many projects. */
function installWorkbench(): void {
  const lock = join(workbench, 'package-lock.json');
  const installed = join(workbench, 'node_modules', 'installed-lock.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lock, 'utf8')) return;
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status: ended } = spawnSync('npm', words, { cwd: workbench, stdio: 'inherit' });
  if (ended !== 0) throw new Error(`npm ${words.join(' ')} failed in ${workbench}`);
  copyFileSync(lock, installed);
}
