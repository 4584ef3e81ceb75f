// Times `create` without install against other generators, whole process, in one alternating run, and prints ratios.
// Commands of the peers: their documented non-interactive, no-install forms. Also packed size and what `npm create` has to fetch.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

interface Contestant {
  readonly name: string;
  /** The script to start with node, and its arguments. */
  readonly command: readonly string[];
}

const rounds = Number(process.argv[2] ?? 15);
const peers = { 'create-vite': '9.3.0', sv: '0.17.1', 'create-t3-app': '7.40.0', 'create-better-t-stack': '3.44.1' };
const peerFolder = resolve('node_modules/.cache/bench-peers');

installPeers();
const contestants: Contestant[] = [
  {
    name: 'shipshape',
    command: [resolve('bin/shipshape.js'), 'app', '--owner', '@acme/team', '--yes', '--no-install', '--no-git'],
  },
  {
    name: 'shipshape, with git',
    command: [resolve('bin/shipshape.js'), 'app', '--owner', '@acme/team', '--yes', '--no-install'],
  },
  peer('create-vite', 'app --template react-ts --no-interactive'),
  peer('sv', 'create app --template minimal --types ts --no-add-ons --no-install'),
  peer(
    'create-t3-app',
    'app --CI --trpc true --prisma true --nextAuth true --tailwind true --appRouter true --eslint true --dbProvider sqlite --noInstall --noGit',
  ),
  peer('create-better-t-stack', 'create app --yes --no-install --no-git --disable-analytics'),
];

// Everything is made in one place and removed at the end: where many files have just been removed, ext4 makes new ones slowly.
const place = mkdtempSync(join(tmpdir(), 'shipshape-bench-'));
const able = contestants.filter(startsHere);
const times = new Map(able.map(({ name }) => [name, [] as number[]]));
for (let round = 0; round < rounds; round += 1) {
  for (const contestant of able) times.get(contestant.name)?.push(timeOnce(contestant));
}
rmSync(place, { recursive: true, force: true });
report();

function installPeers(): void {
  const manifest = JSON.stringify({ private: true, dependencies: peers });
  const path = join(peerFolder, 'package.json');
  if (existsSync(join(peerFolder, 'node_modules')) && readFileSync(path, 'utf8') === manifest) return;
  mkdirSync(peerFolder, { recursive: true });
  writeFileSync(path, manifest);
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: peerFolder,
    stdio: 'inherit',
  });
}

function peer(name: keyof typeof peers, args: string): Contestant {
  const folder = join(peerFolder, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === 'string' ? bin : (bin[name] ?? Object.values(bin)[0] ?? '');
  return { name: `${name} ${peers[name]}`, command: [join(folder, script), ...args.split(' ')] };
}

/** A first run, which warms up and is not counted. A peer that needs a newer Node is left out, and that is said. */
function startsHere(contestant: Contestant): boolean {
  try {
    timeOnce(contestant);
    return true;
  } catch (error) {
    if (contestant.name.startsWith('shipshape')) throw error;
    console.log(`${contestant.name} does not run on Node ${process.version}`);
    return false;
  }
}

/** Wall milliseconds of one whole process in a fresh empty folder. Throws when it made nothing. */
function timeOnce({ name, command }: Contestant): number {
  const folder = mkdtempSync(join(place, 'run-'));
  const start = process.hrtime.bigint();
  const result = spawnSync(process.execPath, command, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  const made = existsSync(join(folder, 'app', 'package.json'));
  if (!made) throw new Error(`${name} made no project:\n${String(result.stdout)}${String(result.stderr)}`);
  return milliseconds;
}

function report(): void {
  const own = median(times.get('shipshape') ?? []);
  const rows = [...times].map(([name, values]) => [
    name,
    median(values).toFixed(0),
    Math.min(...values).toFixed(0),
    Math.max(...values).toFixed(0),
    (median(values) / own).toFixed(2),
  ]);
  console.log(`\n${rounds} alternating rounds, Node ${process.version}`);
  console.log('| create without install | median ms | min | max | ratio to shipshape |\n|---|---|---|---|---|');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  const [pack] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], { encoding: 'utf8' }),
  ) as [{ size: number; unpackedSize: number; entryCount: number }];
  console.log(
    `\npacked ${(pack.size / 1024).toFixed(0)} kB, unpacked ${(pack.unpackedSize / 1024).toFixed(0)} kB, ${pack.entryCount} files`,
  );
  const { dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies?: object };
  console.log(`packages that npm create fetches: ${1 + Object.keys(dependencies).length}`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
