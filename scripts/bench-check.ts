// Times `check` against secretlint, whole process, on generated trees of growing size: wall time, processor time, memory at its highest.
// `npm run bench:check [rounds]`. Both run on the Node of the test workbench, because secretlint needs a newer one than we do.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeTree } from './bench-check-tree.ts';

interface Measure {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
}

const rounds = Number(process.argv[2] ?? 3);
const sizes = [1000, 2000, 5000, 10_000];
const bytesPerFile = 10_000;
const node = resolve('test/workbench/node_modules/.bin/node');
const peers = { secretlint: '13.0.6', '@secretlint/secretlint-rule-preset-recommend': '13.0.7' };
const peerFolder = resolve('node_modules/.cache/bench-check-peers');
const place = mkdtempSync(join(tmpdir(), 'shipshape-bench-check-'));
const reporter = join(place, 'report-usage.cjs');
const usage = join(place, 'usage.json');

/** What a process used is only known to itself: it writes it down when it ends. */
const usageReporter = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require('node:fs').writeFileSync(process.env.SHIPSHAPE_USAGE, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS * 1024 }));
});
`;

try {
  installPeers();
  writeFileSync(reporter, usageReporter);
  const results = sizes.map((size) => ({ size, measures: measureTree(size) }));
  report(results);
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** The contestants by turns on one tree; of each the median. */
function measureTree(size: number): ReadonlyMap<string, Measure> {
  const tree = join(place, `tree-${size}`);
  makeTree(tree, size, size * bytesPerFile);
  const contestants: Contestant[] = [
    { name: 'shipshape check', command: [resolve('bin/shipshape.js'), 'check', tree, '--format', 'json'] },
    {
      name: `secretlint ${peers.secretlint}`,
      command: [
        join(peerFolder, 'node_modules/secretlint/bin/secretlint.js'),
        '--secretlintrc',
        join(peerFolder, '.secretlintrc.json'),
        '--format',
        'unix',
        '**/*',
      ],
    },
  ];
  const all = new Map(contestants.map(({ name }) => [name, [] as Measure[]]));
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) all.get(contestant.name)?.push(runOnce(contestant, tree));
  }
  rmSync(tree, { recursive: true, force: true });
  return new Map([...all].map(([name, measures]) => [name, medianOf(measures)]));
}

function runOnce({ name, command }: Contestant, tree: string): Measure {
  rmSync(usage, { force: true });
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(node, ['--require', reporter, ...command], {
    cwd: tree,
    env: { ...process.env, SHIPSHAPE_USAGE: usage },
    maxBuffer: 1 << 30,
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  const found = stdout.toString().length;
  if (status === null || status > 1 || found < 100)
    throw new Error(`${name} did not work (${status}): ${String(stderr)}`);
  return { wall, ...(JSON.parse(readFileSync(usage, 'utf8')) as Omit<Measure, 'wall'>) };
}

function medianOf(measures: readonly Measure[]): Measure {
  const middle = (key: keyof Measure): number =>
    measures.map((measure) => measure[key]).toSorted((one, other) => one - other)[measures.length >> 1] ?? 0;
  return { wall: middle('wall'), cpu: middle('cpu'), memory: middle('memory') };
}

function installPeers(): void {
  const manifest = JSON.stringify({ private: true, dependencies: peers });
  const path = join(peerFolder, 'package.json');
  if (existsSync(join(peerFolder, 'node_modules')) && readFileSync(path, 'utf8') === manifest) return;
  mkdirSync(peerFolder, { recursive: true });
  writeFileSync(path, manifest);
  const rules = [{ id: '@secretlint/secretlint-rule-preset-recommend' }];
  writeFileSync(join(peerFolder, '.secretlintrc.json'), JSON.stringify({ rules }));
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', words, { cwd: peerFolder, stdio: 'inherit' });
}

function report(results: readonly { size: number; measures: ReadonlyMap<string, Measure> }[]): void {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`\nmedian of ${rounds} alternating rounds, Node ${version}, ${availableParallelism()} processors`);
  console.log('| files | MB | | wall s | CPU s | memory MB | ms per MB | times slower than check |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const { size, measures } of results) {
    const megabytes = (size * bytesPerFile) / 1e6;
    const own = [...measures.values()][0]?.wall ?? 1;
    for (const [name, { wall, cpu, memory }] of measures) {
      const cells = [size, megabytes, name, seconds(wall), seconds(cpu), (memory / 1e6).toFixed(0)];
      console.log(`| ${[...cells, (wall / megabytes).toFixed(0), (wall / own).toFixed(2)].join(' | ')} |`);
    }
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
