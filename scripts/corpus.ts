// Runs the check over a folder of checkouts and compares what it finds with labels, where somebody has written them by hand.
// npm run corpus -- <folder of checkouts> [folder of labels] [--wrong]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRepository } from '../src/flow/check.ts';
import { recognitionFailures, serversOf } from '../src/frameworks/servers.ts';
import { rules } from '../src/rules/registry.ts';
import { openCheckout } from '../src/world/checkout.ts';
import { compare, type Compared, type Labels } from './corpus/compare.ts';

interface Measured extends Compared {
  readonly name: string;
  readonly milliseconds: number;
  readonly crash: string | undefined;
}

const slowest = 20_000;
const [folder = '.', labelFolder = join(folder, 'labels')] = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'));
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'labels')
  .map(({ name }) => name);
const measured: Measured[] = [];
for (const name of names) measured.push(await measure(name));
console.log(tableOf(measured));
if (process.argv.includes('--wrong')) console.log(wrongOf(measured));
process.exitCode = measured.some(({ crash, milliseconds }) => crash || milliseconds > slowest) ? 1 : 0;

async function measure(name: string): Promise<Measured> {
  const path = join(labelFolder, `${name}.json`);
  const labels: Labels | undefined = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Labels) : undefined;
  const start = performance.now();
  try {
    const repository = openCheckout(join(folder, name));
    const report = await checkRepository(repository, { rules, stage: 'production', version: '0.0.0' });
    const milliseconds = performance.now() - start;
    const routes = serversOf(repository).flatMap((server) => server.routes);
    const crash = recognitionFailures(repository)[0]?.why;
    return { name, milliseconds, crash, ...compare(routes, report, labels) };
  } catch (error) {
    const crash = error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : 'crashed';
    return { name, milliseconds: performance.now() - start, crash, ...compare([], undefined, labels) };
  }
}

function tableOf(all: readonly Measured[]): string {
  const rows = all.map(({ name, routes, guards, secrets, fails, milliseconds, crash }) =>
    [
      name,
      `${routes.found}/${routes.labelled}`,
      routes.missing.length,
      routes.invented.length,
      `${guards.right}/${guards.told}${guards.unknown.length > 0 ? ` +${guards.unknown.length} unknown` : ''}`,
      `${secrets.found}/${secrets.labelled}`,
      secrets.invented.length,
      [...fails].map(([rule, count]) => `${rule} ${count}`).join(', '),
      crash ? `crash: ${crash}` : `${Math.round(milliseconds)}${milliseconds > slowest ? ' too slow' : ''}`,
    ].join(' | '),
  );
  return [
    '| repository | routes found/labelled | missing | invented | guard right/told | secrets found/labelled | invented | fails | ms |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
    ...totalsOf(all),
  ].join('\n');
}

function totalsOf(all: readonly Measured[]): string[] {
  const sum = (pick: (one: Measured) => number): number => all.reduce((total, one) => total + pick(one), 0);
  const line = (what: string, hit: number, found: number, labelled: number): string =>
    `${what}: precision ${share(hit, found)} (${hit}/${found}), recall ${share(hit, labelled)} (${hit}/${labelled})`;
  return [
    line(
      'routes',
      sum(({ routes }) => routes.hit),
      sum(({ routes }) => routes.hit + routes.invented.length),
      sum(({ routes }) => routes.labelled),
    ),
    line(
      'open routes',
      sum(({ open }) => open.hit),
      sum(({ open }) => open.found),
      sum(({ open }) => open.labelled),
    ),
    `guards: ${share(
      sum(({ guards }) => guards.right),
      sum(({ guards }) => guards.told),
    )} of those told are right (${sum(({ guards }) => guards.right)}/${sum(({ guards }) => guards.told)}), ${sum(({ guards }) => guards.unknown.length)} unknown`,
    line(
      'secrets',
      sum(({ secrets }) => secrets.hit),
      sum(({ secrets }) => secrets.hit + secrets.invented.length),
      sum(({ secrets }) => secrets.labelled),
    ),
  ];
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : (part / whole).toFixed(3);
}

/** Every difference from the labels, to be read by hand. */
function wrongOf(all: readonly Measured[]): string {
  return all
    .flatMap(({ name, routes, guards, secrets }) => {
      const lines = [
        ...routes.missing.map((key) => `missing ${key}`),
        ...routes.invented.map((key) => `invented ${key}`),
        ...guards.wrong,
        ...guards.unknown.map((text) => `unknown ${text}`),
        ...secrets.missing.map((where) => `secret missing ${where}`),
        ...secrets.invented.map((where) => `secret invented ${where}`),
      ];
      return lines.length > 0 ? [`\n## ${name}`, ...lines] : [];
    })
    .join('\n');
}
