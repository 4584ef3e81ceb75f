// Tells which guard files have changed unnoticed; `update` writes the new fingerprints down, aloud.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { differences, fingerprints, guardList, guardListPath, listedIn } from './guard-list.mjs';

const folder = join(import.meta.dirname ?? dirname(fileURLToPath(import.meta.url)), '../..');
const top = topOf(folder);
const app = relative(top, folder) === '' ? '' : `${relative(top, folder).split(sep).join('/')}/`;
const place = join(folder, guardListPath);

/** The guard files that are not as they were written down, in words. */
export function changedGuardFiles() {
  return differences(listedIn(existsSync(place) ? readFileSync(place, 'utf8') : undefined), filesNow());
}

function filesNow() {
  const owners = ['', '.github/', '.gitlab/', 'docs/'].map((each) => `${each}CODEOWNERS`);
  const single = [`${app}package.json`, `${app}Dockerfile`, 'shipshape.json', '.gitlab-ci.yml', ...owners];
  const all = [`${app}guardrails`, '.github/workflows'].flatMap(filesBelow);
  const there = [...all, ...single].filter((path) => existsSync(join(top, path)));
  return fingerprints(there, app, (path) => readFileSync(join(top, path), 'utf8'));
}

function filesBelow(path) {
  if (!existsSync(join(top, path))) return [];
  return readdirSync(join(top, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
  );
}

/** The nearest folder, from here upwards, that is the top of the project; the app's own where none is. */
function topOf(from) {
  const isTop = (at) => ['.git', 'shipshape.json'].some((name) => existsSync(join(at, name)));
  for (let at = from; dirname(at) !== at; at = dirname(at)) if (isTop(at)) return at;
  return from;
}

function update(changes) {
  writeFileSync(place, guardList(filesNow()));
  console.log(`Written down in ${guardListPath}:\n  ${changes.join('\n  ')}`);
  console.log('These files decide what this project refuses: say in the pull request why. Their owners have to agree.');
}

function refuse(changes) {
  console.error(`Guard files are not as written down in ${guardListPath}:\n  ${changes.join('\n  ')}`);
  console.error('Not meant? Take it back: git checkout -- <file>. Meant? Run the script guard:update.');
  process.exitCode = 1;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const changes = changedGuardFiles();
  if (changes.length === 0) console.log('Guard files: every one is as it was written down.');
  else if (argv[2] === 'update') update(changes);
  else refuse(changes);
}
