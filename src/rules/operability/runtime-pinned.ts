import { appOf } from '../../repository/apps.ts';
import { codeAppsOf } from '../../repository/code-apps.ts';
import { nodeVersionsOf, type NodeVersion } from '../../repository/node-versions.ts';
import { placeText } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { allows } from '../../repository/version-ranges.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

/** The last day on which each version of Node.js is mended. Source: github.com/nodejs/Release, schedule.json. */
const lastDays: Readonly<Record<number, string>> = {
  12: '2022-04-30',
  13: '2020-06-01',
  14: '2023-04-30',
  15: '2021-06-01',
  16: '2023-09-11',
  17: '2022-06-01',
  18: '2025-04-30',
  19: '2023-06-01',
  20: '2026-04-30',
  21: '2024-06-01',
  22: '2027-04-30',
  23: '2025-06-01',
  24: '2028-04-30',
  25: '2026-06-01',
  26: '2029-04-30',
};

export default defineRule({
  id: 'operability/runtime-pinned',
  title: 'One version of Node.js that is still mended is named, and it is the same everywhere.',
  why: '"It works on my machine" is the first hour that is lost by whoever inherits it; and a Node.js that nobody mends has holes that everybody knows.',
  weight: 'low',
  stage: 'prototype',
  measured: false,
  finds:
    '`engines` of package.json, .nvmrc, .node-version, .tool-versions, mise, Volta, Dockerfiles and setup-node in workflows, compared with each other and with the last day of each version.',
  blind: 'What a platform takes that reads none of these.',
  fix: 'Write the version into .node-version, and the same into `engines`, Dockerfile and workflow.',
  references: ['nodebestpractices 4.4, 5.17', 'Twelve-Factor X', 'endoflife.date/nodejs'],
  check(repository, { today }) {
    if (codeAppsOf(repository).length === 0)
      return [{ verdict: 'not-applicable', message: 'No program here runs on Node.js.' }];
    if (repository.files.some(({ path }) => /^(?:deno\.jsonc?|bunfig\.toml)$/.test(path)))
      return [{ verdict: 'not-applicable', message: 'It runs on another runtime than Node.js.' }];
    const versions = nodeVersionsOf(repository);
    if (versions.length === 0)
      return [
        {
          verdict: 'fail',
          message: 'Nothing says which Node.js it needs: it works on one machine and not on the next.',
          where: { path: '.' },
          key: 'no version',
          confidence: 'certain',
          searched: [
            'engines, volta and devEngines of package.json',
            '.nvmrc',
            '.node-version',
            '.tool-versions',
            'mise.toml',
            'Dockerfile',
            'setup-node',
          ],
          remedy: 'Write the version into .node-version, and `"engines": { "node": "24.x" }` into package.json.',
        },
      ];
    const findings = [
      ...versions.flatMap((version) => ended(repository, version, today)),
      ...byApp(repository, versions).flatMap((group) => disagreement(repository, group)),
    ];
    return findings.length > 0
      ? findings
      : [
          {
            verdict: 'pass',
            message: `It runs on Node.js ${versions[0]?.text}.`,
            where: versions[0]?.where ?? { path: '.' },
          },
        ];
  },
});

function ended(repository: Repository, { text, where, isRange }: NodeVersion, today: Date): RuleFinding[] {
  const majors = Object.keys(lastDays).map(Number);
  const allowed = isRange ? majors.filter((major) => allows(text, `${major}.999.999`) !== false) : [majorOf(text) ?? 0];
  const open = isRange && allows(text, '99.0.0') !== false;
  const newest = Math.max(...allowed);
  const lastDay = lastDays[newest];
  if (open || lastDay === undefined || today.toISOString().slice(0, 10) <= lastDay) return [];
  return [
    {
      verdict: 'fail',
      message: `Node.js ${newest} has not been mended since ${lastDay}: its holes are public.`,
      ...proofAt(repository, where.path, where.line),
      confidence: 'certain',
      remedy: 'Move to a version with long-term support, and name it everywhere.',
    },
  ];
}

/** Packages of one repository may each run on their own version. */
function byApp(repository: Repository, versions: readonly NodeVersion[]): NodeVersion[][] {
  const groups = new Map<string, NodeVersion[]>();
  for (const version of versions) {
    const root = appOf(repository, version.where.path)?.root ?? '';
    groups.set(root, [...(groups.get(root) ?? []), version]);
  }
  return [...groups.values()];
}

function disagreement(repository: Repository, versions: readonly NodeVersion[]): RuleFinding[] {
  const [first, ...others] = versions.filter(({ text, isRange }) => !isRange && majorOf(text) !== undefined);
  if (!first) return [];
  const different = others.find(({ text }) => majorOf(text) !== majorOf(first.text));
  const refused = versions.find(
    ({ text, isRange }) => isRange && allows(text, `${majorOf(first.text)}.999.999`) === false,
  );
  const other = different ?? refused;
  if (!other) return [];
  return [
    {
      verdict: 'fail',
      message: `${placeText(first.where)} says Node.js ${first.text}, here it is ${other.text}: what is tried is not what runs.`,
      ...proofAt(repository, other.where.path, other.where.line),
      key: `differs ${other.where.path}`,
      confidence: 'likely',
      remedy: `Write the same version in both places.`,
    },
  ];
}

function majorOf(text: string): number | undefined {
  const [, major] = /^v?(\d+)/.exec(text) ?? [];
  return major === undefined ? undefined : Number(major);
}
