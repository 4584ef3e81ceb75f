import { globSync, readFileSync } from 'node:fs';
import type { Example } from '../../src/rules/examples.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { repositoryOf } from '../support/repository.ts';
import { withFakes } from './fakes.ts';

const folder = 'test/rules/base';

/** A small project that keeps every rule: examples are laid over it. */
const base = Object.fromEntries(
  globSync('**/*', { cwd: folder, withFileTypes: true, exclude: () => false })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .map((path) => [
      path.slice(path.indexOf(folder) + folder.length + 1).replace(/(^|\/)_/, '$1.'),
      readFileSync(path, 'utf8'),
    ]),
);

/** The sample project with an example laid over it. A lock file that fits package.json is made unless the example brings one. */
export function projectOf({ files, without, untracked }: Example): Repository {
  const all: Record<string, string> = { ...base, ...files };
  for (const path of without) delete all[path];
  const manifest = all['package.json'];
  const named = [...Object.keys(files), ...without];
  if (manifest !== undefined && !named.some((path) => /lock/.test(path))) all['package-lock.json'] = lockFor(manifest);
  const made = Object.fromEntries(Object.entries(all).map(([path, text]) => [path, withFakes(text)]));
  return repositoryOf(made, { untracked });
}

function lockFor(manifest: string): string {
  const { name, version, dependencies = {}, devDependencies = {} } = JSON.parse(manifest) as Record<string, never>;
  const direct = Object.entries<string>({ ...(dependencies as object), ...(devDependencies as object) });
  const packages = {
    '': { name, version, dependencies, devDependencies },
    ...Object.fromEntries(
      direct.map(([dependency, range]) => [
        `node_modules/${dependency}`,
        {
          version: range.replace(/^[\^~]/, ''),
          integrity: `sha512-${Buffer.alloc(64, dependency).toString('base64')}`,
        },
      ]),
    ),
  };
  return JSON.stringify({ name, version, lockfileVersion: 3, requires: true, packages }, null, 2);
}
