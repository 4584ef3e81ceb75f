import { unwrapped } from '../../code/calls.ts';
import { linesOf, textOf } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Loss, LookForLoss } from './loss.ts';

interface Entry {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
}

const tableFile = /(?:^|\/)guardrails\/access\.[cm]?[jt]s$/;
const listFile = /(?:^|\/)public-?routes[\w-]*\.(?:json|[cm]?[jt]s)$/i;

/** Entries of the access table that let in more people than before, and new ones that let in everybody. */
export const widenedAccess: LookForLoss = (before, after) => [
  ...widenedTable(before, after),
  ...longerLists(before, after),
];

function widenedTable(before: Repository, after: Repository): Loss[] {
  const earlier = tableOf(before);
  if (earlier.size === 0) return [];
  return [...tableOf(after)].flatMap(([route, { rule, path, line }]) => {
    const old = earlier.get(route)?.rule;
    const wider = old === undefined ? isOpen(rule) : widthOf(rule) > widthOf(old) || hasMoreRoles(old, rule);
    if (!wider) return [];
    const message = isOpen(rule)
      ? `Everybody may now call ${route} without signing in${old === undefined ? ': it is new, and open' : `; before, its rule was ${old}`}.`
      : `More people may now call ${route}: its rule was ${old}, and is ${rule}.`;
    return [lossAt(message, { path, line }, route, `'${route}': ${rule}`)];
  });
}

/** Route to rule, as it is written. */
function tableOf(repository: Repository): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { path } of repository.files.filter((file) => tableFile.test(file.path))) {
    const module = repository.module(path);
    if (!module) continue;
    for (const property of nodesOf(module.tree, 'ObjectProperty')) {
      const { key, value } = property;
      if (key.type !== 'StringLiteral' || !/^[A-Z]+ \//.test(key.value)) continue;
      entries.set(key.value, { rule: textOf(module, unwrapped(value)), path, line: linesOf(module, property).first });
    }
  }
  return entries;
}

function isOpen(rule: string): boolean {
  return rule.startsWith('open(');
}

/** 2: everybody. 1: whoever is signed in. 0: people with a role, or a signature. */
function widthOf(rule: string): number {
  if (isOpen(rule)) return 2;
  return /^['"`]user['"`]$/.test(rule) ? 1 : 0;
}

function hasMoreRoles(old: string, rule: string): boolean {
  const [before, now] = [old, rule].map(
    (text) => new Set(text.startsWith('anyOf(') ? text.match(/(?<=['"`])[^'"`,()]+(?=['"`])/g) : []),
  );
  return before !== undefined && now !== undefined && before.size > 0 && [...now].some((role) => !before.has(role));
}

/** Lists of open routes: a line more is a door more. */
function longerLists(before: Repository, after: Repository): Loss[] {
  return after.files.flatMap(({ path }) => {
    const old = listFile.test(path) ? before.read(path) : undefined;
    if (old === undefined) return [];
    const known = new Set(addressesIn(old).map(({ address }) => address));
    return addressesIn(after.read(path) ?? '')
      .filter(({ address }) => !known.has(address))
      .map(({ address, line }) =>
        lossAt(`Everybody may now call ${address} without signing in.`, { path, line }, address, `'${address}'`),
      );
  });
}

function addressesIn(text: string): { address: string; line: number }[] {
  return text.split('\n').flatMap((content, index) =>
    [...content.matchAll(/['"`]((?:[A-Z]+ )?\/[^'"`\s]*)['"`]/g)].map(([, address = '']) => ({
      address,
      line: index + 1,
    })),
  );
}

function lossAt(message: string, where: { path: string; line: number }, route: string, evidence: string): Loss {
  return {
    control: 'access',
    rule: 'auth/default-deny',
    message,
    where,
    remedy: 'Give the route its former rule, or have its owner agree that it is open.',
    key: `access ${route}`,
    weight: 'blocker',
    evidence,
  };
}
