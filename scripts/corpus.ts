// Runs the check over a folder of checkouts and compares what it finds with labels, where somebody has written them by hand.
// npm run corpus -- <folder of checkouts> [folder of labels] [--wrong]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRepository } from '../src/flow/check.ts';
import type { Report } from '../src/flow/report.ts';
import { serversOf } from '../src/frameworks/servers.ts';
import type { Route } from '../src/frameworks/server.ts';
import { placeText } from '../src/repository/place.ts';
import { rules } from '../src/rules/registry.ts';
import { openCheckout } from '../src/world/checkout.ts';

interface Labels {
  readonly routes: readonly {
    method: string;
    path: string;
    where: string;
    stranger: 'refused' | 'open' | 'redirected';
    tags?: readonly string[];
  }[];
  readonly secrets: readonly { where: string; kind: string }[];
  /** What looks like a secret and is none; one with `placeholder` may be counted either way. */
  readonly notSecrets?: readonly { where: string; placeholder?: boolean }[];
}

interface Measured {
  readonly name: string;
  readonly milliseconds: number;
  readonly crash: string | undefined;
  readonly routes: { found: number; labelled: number; hit: number; missing: string[]; invented: string[] };
  readonly guards: { told: number; right: number; unknown: string[]; wrong: string[] };
  readonly open: { found: number; labelled: number; hit: number };
  readonly secrets: { found: number; labelled: number; hit: number; missing: string[]; invented: string[] };
  readonly fails: ReadonlyMap<string, number>;
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
    return { name, milliseconds, crash: undefined, ...compare(routes, report, labels) };
  } catch (error) {
    const crash = error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : 'crashed';
    return { name, milliseconds: performance.now() - start, crash, ...compare([], undefined, labels) };
  }
}

function compare(routes: readonly Route[], report: Report | undefined, labels: Labels | undefined) {
  const { both, missing, invented } = matched(routes, labels);
  const wanted = labels?.routes ?? [];
  const told = both.filter(({ route }) => route.guard.state !== 'unknown');
  const isRight = ({ route, label }: (typeof both)[number]): boolean =>
    (route.guard.state === 'open') === (label.stranger === 'open') ||
    (label.tags ?? []).some((tag) => tag === 'login' || tag === 'either');
  return {
    routes: {
      found: routes.length,
      labelled: both.length + missing.length,
      hit: both.length,
      missing: missing.map((label) => `${keyOf(label)} ${label.where}`),
      invented: labels ? invented.map((route) => `${keyOf(route)} ${placeText(route.where)}`) : [],
    },
    guards: {
      told: told.length,
      right: told.filter(isRight).length,
      unknown: both
        .filter(({ route }) => route.guard.state === 'unknown')
        .map(({ key, route }) => `${key}: ${'why' in route.guard ? route.guard.why : ''}`),
      wrong: told.filter((one) => !isRight(one)).map(({ key, route }) => `${key} is said to be ${route.guard.state}`),
    },
    open: {
      found: both.filter(({ route }) => route.guard.state === 'open').length,
      labelled: wanted.filter(({ stranger, tags }) => stranger === 'open' && !tags?.includes('optional')).length,
      hit: both.filter(({ route, label }) => route.guard.state === 'open' && label.stranger === 'open').length,
    },
    secrets: compareSecrets(report, labels),
    fails: failsOf(report),
  };
}

type Label = Labels['routes'][number];

/** Pairs each label with the route of the same method and path, that of the same file first. */
function matched(routes: readonly Route[], labels: Labels | undefined) {
  const left = new Set(routes);
  const both: { key: string; route: Route; label: Label }[] = [];
  const missing: Label[] = [];
  for (const isSameFile of [true, false])
    for (const label of labels?.routes ?? []) {
      if (both.some((pair) => pair.label === label)) continue;
      const key = keyOf(label);
      const route = [...left].find(
        (candidate) => keyOf(candidate) === key && (!isSameFile || label.where.startsWith(`${candidate.where.path}:`)),
      );
      if (route) {
        left.delete(route);
        both.push({ key, route, label });
      } else if (!isSameFile && !label.tags?.includes('optional')) missing.push(label);
    }
  return { both, missing, invented: [...left] };
}

function compareSecrets(report: Report | undefined, labels: Labels | undefined): Measured['secrets'] {
  const places = (report?.findings ?? [])
    .filter(({ rule, verdict }) => rule === 'secrets/no-hardcoded' && verdict === 'fail')
    .flatMap(({ where }) => (where ? [placeText({ path: where.path, ...(where.line && { line: where.line }) })] : []));
  const eitherWay = new Set(
    (labels?.notSecrets ?? []).flatMap(({ where, placeholder }) => (placeholder ? [where] : [])),
  );
  const found = new Set(places.filter((place) => !eitherWay.has(place)));
  const wanted = new Set((labels?.secrets ?? []).map(({ where }) => where));
  const hit = [...wanted].filter((where) => found.has(where));
  return {
    found: found.size,
    labelled: wanted.size,
    hit: hit.length,
    missing: [...wanted].filter((where) => !found.has(where)),
    invented: labels ? [...found].filter((where) => !wanted.has(where)) : [],
  };
}

function failsOf(report: Report | undefined): Map<string, number> {
  const fails = new Map<string, number>();
  for (const { rule, verdict } of report?.findings ?? [])
    if (verdict === 'fail') fails.set(rule, (fails.get(rule) ?? 0) + 1);
  return fails;
}

/** Method and path, however parameters, wildcards and slashes are written. */
function keyOf({ method, path }: { method: string; path: string }): string {
  if (path.startsWith('/^') || /\\/.test(path)) return `${method} ${path}`;
  const plain = path
    .replaceAll(/:\w+(?:\([^)]*\))?[?+*]?|\{:?\w+(?::[^}]*)?\}|\[\.{0,3}\w+\]/g, ':x')
    .replaceAll(/\{?\*\w*\}?|\(\.\*\)/g, '*')
    .replace(/^\/?/, '/')
    .replace(/(?<=.)\/$/, '');
  return `${method} ${plain}`;
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
