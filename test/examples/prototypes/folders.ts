import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { withFakes } from '../../rules/fakes.ts';

const top = resolve('examples/prototypes');
const cache = resolve('node_modules/.cache/prototypes');
const leftovers = /^(?:node_modules|\.env)$/;

/** The folders in examples/prototypes: each holds a naked prototype, and most of them what a retrofit made of it. */
export function prototypeNames(): readonly string[] {
  return readdirSync(top, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/**
 * The files of one half by path. Each `{{kind:name}}` is a made-up credential, as its owner would have pasted one, unless the files are
 * wanted as they are tracked.
 */
export function filesOf(name: string, half: 'before' | 'after', { asTracked = false } = {}): Map<string, Buffer> {
  const folder = join(top, name, half);
  return new Map(
    pathsIn(folder).map((path) => {
      const bytes = readFileSync(join(folder, path));
      return [path, asTracked ? bytes : Buffer.from(withFakes(bytes.toString('latin1')), 'latin1')];
    }),
  );
}

function pathsIn(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    if (leftovers.test(entry.name)) return [];
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? pathsIn(folder, path) : [path];
  });
}

/** Writes files into a new temporary folder, as somebody would have them who cloned them, and installs what they need. */
export function checkedOut(name: string, files: ReadonlyMap<string, Buffer>): string {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-prototype-'))), name);
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: ReadonlyMap<string, string | Buffer>): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Lends a project the packages of its lock file, installed once for all runs of the tests. */
export function lendPackages(folder: string, files: ReadonlyMap<string, Buffer>): void {
  const manifests = new Map([...files].filter(([path]) => /(?:^|\/)package(?:-lock)?\.json$/.test(path)));
  const hash = createHash('sha256');
  for (const [path, content] of manifests) hash.update(path).update(content);
  const installed = join(cache, hash.digest('hex').slice(0, 16));
  if (!existsSync(installed)) install(installed, manifests);
  symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'));
}

/** In a folder beside, and then under its name: two that do the same at the same moment do not meet. */
function install(installed: string, manifests: ReadonlyMap<string, Buffer>): void {
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, 'making-'));
  writeFiles(making, manifests);
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: making,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  mkdirSync(join(making, 'node_modules'), { recursive: true });
  try {
    renameSync(making, installed);
  } catch {
    rmSync(making, { recursive: true, force: true });
  }
}
