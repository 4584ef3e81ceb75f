// Refuses when a file that guards this project has changed unnoticed; `update` writes the new fingerprints down, aloud.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { guardChanges, guardList, guardListPath, meaningOf } from './guard-list.ts';

const skipped = new Set(['node_modules', '.git', 'coverage', 'data']);

const list = guardList(filesBelow(''), (path) => readFileSync(path, 'utf8'));
const changes = guardChanges(existsSync(guardListPath) ? readFileSync(guardListPath, 'utf8') : undefined, list);
const described = changes.map(({ kind, path }) => `  ${kind.padEnd(7)}  ${path}  (${meaningOf(path)})`).join('\n');
const count = changes.length === 1 ? '1 guard file is' : `${changes.length} guard files are`;

if (changes.length === 0) console.log('Guard files: every one is as it was written down.');
else if (process.argv[2] === 'update') update();
else refuse();

function filesBelow(folder: string): string[] {
  return readdirSync(folder || '.', { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.has(path) ? [] : filesBelow(path);
    return [path];
  });
}

function refuse(): void {
  console.error(`${count} not as written down in ${guardListPath}:\n${described}\n`);
  console.error('Not meant? Take it back: git checkout -- <file>');
  console.error(
    'Meant? Run the package script guard:update and say why in the pull request: a code owner has to agree.',
  );
  process.exitCode = 1;
}

function update(): void {
  mkdirSync(dirname(guardListPath), { recursive: true });
  writeFileSync(guardListPath, list);
  console.log(`${count} now written down as changed in ${guardListPath}:\n${described}\n`);
  console.log('These files decide what this project refuses. A code owner has to read the change before it is merged:');
  console.log(
    'say in the pull request why it is needed. The guard tests of the branch you merge into judge it as well.',
  );
}
