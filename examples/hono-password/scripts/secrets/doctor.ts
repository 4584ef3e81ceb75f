// Says what is right and what is wrong with the secrets of this project, and what to do next. It shows no value.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import type { Setting } from '../../src/guardrails/setting.ts';
import { settings } from '../../src/guardrails/settings.ts';
import { chain } from '../../src/guardrails/secrets/chain.ts';
import { chosenSources, openSource } from '../../src/guardrails/secrets/sources.ts';
import { environment } from './environment.ts';

const names = Object.entries<Setting>(settings).flatMap(([name, { kind }]) => (kind === 'secret' ? [name] : []));
const missing = new Set(names);
const privateFiles = ['.env', '.env.keys'].filter((file) => existsSync(file));

for (const source of chosenSources(chain, environment)) report(await ask(source));
for (const name of missing) report(`${name} is missing everywhere. Next: npm run secrets:set -- ${name}`);
for (const file of privateFiles) {
  report(ignored(file) ?? `ok    git ignores ${file}`);
  report(readableByOthers(file) ?? `ok    only you can read ${file}`);
}

function report(line: string): void {
  const fine = line.startsWith('ok ');
  console.log(fine ? line : `WRONG ${line}`);
  if (!fine) process.exitCode = 1;
}

async function ask(name: string): Promise<string> {
  try {
    const found = Object.keys(await (await openSource(chain, name, environment)).fetch(names));
    for (const secret of found) missing.delete(secret);
    return `ok    ${name} answers and has ${found.length} of ${names.length} secrets`;
  } catch (error) {
    return error instanceof Error ? error.message : `${name} cannot be asked`;
  }
}

function ignored(file: string): string | undefined {
  try {
    execFileSync('git', ['check-ignore', '--quiet', file], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `git does not ignore ${file}. Next: add it to .gitignore, and run: git rm --cached ${file}`;
  }
}

function readableByOthers(file: string): string | undefined {
  const open = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  return open ? `others can read ${file}. Next: chmod 600 ${file}` : undefined;
}
