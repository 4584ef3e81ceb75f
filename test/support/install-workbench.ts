import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const workbench = join(import.meta.dirname, '..', 'workbench');
const lock = join(workbench, 'package-lock.json');
const installed = join(workbench, 'node_modules', 'installed-lock.json');

/** Installs what generated projects depend on once, so that tests can lend it to many of them. */
export default function setup(): void {
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lock, 'utf8')) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: workbench, stdio: 'inherit' });
  copyFileSync(lock, installed);
}
