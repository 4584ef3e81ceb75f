import type { Report } from '../../src/flow/report.ts';
import type { Route } from '../../src/frameworks/server.ts';
import { placeText } from '../../src/repository/place.ts';

/** What somebody has written down about a repository by hand. */
export interface Labels {
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

/** What the check found, against the labels. */
export interface Compared {
  readonly routes: { found: number; labelled: number; hit: number; missing: string[]; invented: string[] };
  readonly guards: { told: number; right: number; unknown: string[]; wrong: string[] };
  readonly open: { found: number; labelled: number; hit: number };
  readonly secrets: { found: number; labelled: number; hit: number; missing: string[]; invented: string[] };
  readonly fails: ReadonlyMap<string, number>;
}

/** Compares routes, guards and secrets with the labels, where there are some. */
export function compare(routes: readonly Route[], report: Report | undefined, labels: Labels | undefined): Compared {
  const { both, missing, invented } = matched(routes, labels);
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
      labelled: [...both.map(({ label }) => label), ...missing].filter(({ stranger }) => stranger === 'open').length,
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

function compareSecrets(report: Report | undefined, labels: Labels | undefined): Compared['secrets'] {
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
