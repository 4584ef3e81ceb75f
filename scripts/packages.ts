// Measures what every package that a generated project may depend on weighs and brings along: a real install in test/workbench, from which
// come templates/packages.json (the dependency budget that `create` prints) and the node_modules that our tests lend to generated projects.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const workbench = 'test/workbench';

interface LockedPackage {
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

writeManifest();
rmSync(join(workbench, 'node_modules'), { recursive: true, force: true });
rmSync(join(workbench, 'package-lock.json'), { force: true });
execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: workbench, stdio: 'inherit' });
writeFileSync('templates/packages.json', `${JSON.stringify(measure(), null, 1)}\n`);

/** Platform packages (another machine's Node) are optional, everything else is needed. */
function writeManifest(): void {
  const versions = Object.entries(
    JSON.parse(readFileSync('templates/versions.json', 'utf8')) as Record<string, string>,
  );
  const manifest = {
    name: 'workbench',
    private: true,
    description: 'Everything that a generated project may depend on. Written by npm run packages.',
    dependencies: Object.fromEntries(versions.filter((entry) => !isRuntime(entry))),
    optionalDependencies: Object.fromEntries(versions.filter(isRuntime)),
  };
  writeFileSync(join(workbench, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function isRuntime([name]: [string, string]): boolean {
  return /^node-(bin-)?(linux|darwin|win)/.test(name);
}

function measure(): object {
  const lock = JSON.parse(readFileSync(join(workbench, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const installed = Object.entries(lock.packages).filter(([path]) => path !== '' && exists(join(workbench, path)));
  const nested = installed.map(([path, locked]) => [nameOf(path), path, locked] as const);
  const names = new Set(nested.map(([name]) => name));
  const graph: Record<string, { kilobytes: number; needs: string[] }> = {};
  for (const [name, path, locked] of nested) {
    if (graph[name]) continue;
    const kilobytes = Math.ceil(sizeOf(join(workbench, path)) / 1024);
    graph[name] = { kilobytes, needs: needsOf(locked).filter((need) => names.has(need)) };
  }
  return Object.fromEntries(Object.entries(graph).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** npm installs peers that are not optional, and optional dependencies that fit the platform. */
function needsOf({
  dependencies,
  optionalDependencies,
  peerDependencies,
  peerDependenciesMeta,
}: LockedPackage): string[] {
  const peers = Object.keys(peerDependencies ?? {}).filter((peer) => !peerDependenciesMeta?.[peer]?.optional);
  return [...new Set([...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}), ...peers])];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Bytes of a package's own files, without the packages nested in it. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.name === 'node_modules') return sum;
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : (statSync(path, { throwIfNoEntry: false })?.size ?? 0));
  }, 0);
}
