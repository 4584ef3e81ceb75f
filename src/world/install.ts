import type { PackageManager } from '../answers/answers.ts';
import type { Verification } from '../reporters/reporter.ts';
import { run, type Ended, type Start } from './process.ts';

const installWords: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ['install', '--no-audit', '--no-fund', '--loglevel=error'],
  pnpm: ['install'],
  yarn: ['install'],
  bun: ['install'],
};

/** Installs the packages of a project. */
export function install(manager: PackageManager, start: Start): Promise<Ended> {
  return run(manager, installWords[manager], start);
}

/** The command that installs, as a person types it. */
export function installCommand(manager: PackageManager): string {
  return `${manager} install`;
}

/** The command that runs a script of the project, as a person types it. */
export function scriptCommand(manager: PackageManager, script: string): string {
  return `${manager} run ${script}`;
}

/** Runs the project's own `check` and reads from its output how many tests passed. */
export async function verify(manager: PackageManager, start: Start): Promise<Verification> {
  const started = Date.now();
  const { ok, output } = await run(manager, ['run', 'check'], start);
  const seconds = (Date.now() - started) / 1000;
  const command = scriptCommand(manager, 'check');
  return { command, passed: ok, tests: testsPassed(output), seconds, tail: ok ? [] : lastLines(output, 30) };
}

/** The number in vitest's last line `Tests  96 passed (96)`. */
export function testsPassed(output: string): number | undefined {
  const found = [...plain(output).matchAll(/^\s*Tests\s.*?(\d+) passed/gm)].at(-1)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The last lines that say something, without colours. */
export function lastLines(output: string, count: number): string[] {
  return plain(output)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-count);
}

function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[\d;?]*[A-Za-z]/g, '');
}
