import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { usersNode } from '../support/users-node.ts';

/** The program as it is started by npm. */
export const bin = resolve('bin/shipshape.js');

/** How a run ended and what it said. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** An empty folder that is gone after the test. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs create-shipshape without a terminal, as a script or an agent would. */
export function shipshape(words: readonly string[], folder: string, environment: Record<string, string> = {}): Run {
  const { status, stdout, stderr } = spawnSync(usersNode, [bin, ...words], {
    cwd: folder,
    env: { ...plainEnvironment(), ...environment },
    encoding: 'utf8',
    input: '',
  });
  return { code: status, out: stdout, err: stderr };
}

/** The environment without what the npm that runs these tests says about itself. */
export function plainEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined && !/^npm_|^(?:NODE_ENV|VITEST.*|CI|FORCE_COLOR|NO_COLOR|TEST|DEV|PROD|MODE)$/i.test(name),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Everything in a folder, hidden things too. */
export function listing(folder: string): string[] {
  return readdirSync(folder).toSorted();
}
