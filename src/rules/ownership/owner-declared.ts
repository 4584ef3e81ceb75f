import { annotationOf, catalogOf, type CatalogEntry } from '../../repository/catalog.ts';
import {
  codeOwnersOf,
  codeOwnersPlaces,
  isRealOwner,
  isTeam,
  type CodeOwners,
  type OwnersLine,
} from '../../repository/code-owners.ts';
import type { Repository } from '../../repository/repository.ts';
import { yamlAt } from '../../repository/yaml.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

const searched = [
  ...codeOwnersPlaces,
  'catalog-info.yaml',
  'OWNERS',
  'cortex.yaml',
  'opslevel.yml',
  'compass.yml',
  'entity.datadog.yaml',
];
const remedy =
  'Write a line `* @your-org/your-team` into .github/CODEOWNERS, with the real name of a team or of two people.';

export default defineRule({
  id: 'ownership/owner-declared',
  title: 'A named team, or at least two people, answer for the code, in a form that tools can read.',
  why: 'When it breaks at night somebody has to be called, and somebody has to decide. Code that belongs to nobody is never mended, and never switched off.',
  weight: 'high',
  stage: 'prototype',
  measured: true,
  finds:
    'The line of CODEOWNERS that holds for everything, and `spec.owner` in catalog-info.yaml; placeholders and programs (dependabot, coding agents) are no owners. OWNERS of Kubernetes and the files of Cortex, OpsLevel, Compass and Datadog count too.',
  blind: 'Whether the people exist, have access, and still work there.',
  fix: 'Write a line `* @team` into .github/CODEOWNERS, and the same owner into catalog-info.yaml. A project of one person says so: annotation `shipshape.dev/bus-factor: "1"`.',
  references: [
    'CIS Software Supply Chain 1.1.6',
    'OSPS-GV-01.01',
    'OWASP Secure Coding with AI §14',
    'OWASP Legacy Application Management',
  ],
  check(repository) {
    const owners = codeOwnersOf(repository);
    const entries = catalogOf(repository);
    const everything = owners?.lines.findLast(({ pattern }) => /^(?:\*\*?|\/|\/\*\*?|\*\*\/\*)$/.test(pattern));
    const real = everything?.owners.filter(isRealOwner) ?? [];
    if (owners && everything && real.length > 0) return [...enough(repository, owners, everything, real, entries)];
    const catalog = entries.find(({ owner }) => isCatalogOwner(owner?.text));
    if (catalog?.owner)
      return [
        {
          verdict: 'pass',
          message: `${catalog.owner.text} answers for it.`,
          where: { path: catalog.path, line: catalog.owner.line },
        },
      ];
    const other = otherFile(repository);
    if (other !== undefined)
      return [
        { verdict: 'elsewhere', message: 'The owner is named in another file.', by: other, where: { path: other } },
      ];
    return [nobody(repository, owners, everything, entries)];
  },
});

/** One person is not enough: people fall ill, go on holiday and leave. */
function enough(
  repository: Repository,
  owners: CodeOwners,
  { line }: OwnersLine,
  real: readonly string[],
  entries: readonly CatalogEntry[],
): RuleFinding[] {
  const named = new Set([
    ...real,
    ...entries.flatMap((entry) => ['owner', 'second-owner'].flatMap((name) => annotationOf(entry, name)?.text ?? [])),
  ]);
  const acknowledged = entries.some((entry) => annotationOf(entry, 'bus-factor')?.text === '1');
  const place = proofAt(repository, owners.path, line);
  if (named.size === 1 && !isTeam(real[0] ?? '') && !acknowledged)
    return [
      {
        verdict: 'fail',
        message: `Everything depends on one person, ${real[0]}: when they are away, nobody may change it.`,
        ...place,
        key: 'one person',
        weight: 'medium',
        confidence: 'likely',
        remedy:
          'Name a second person or a team in CODEOWNERS, or say that it is so: annotation `shipshape.dev/bus-factor: "1"` in catalog-info.yaml.',
      },
    ];
  return [{ verdict: 'pass', message: `${real.join(' and ')} answer for it.`, where: place.where }];
}

function nobody(
  repository: Repository,
  owners: CodeOwners | undefined,
  everything: OwnersLine | undefined,
  entries: readonly CatalogEntry[],
): RuleFinding {
  const owner = entries.find((entry) => entry.owner !== undefined);
  const line = everything ?? owners?.lines[0];
  const place = owners
    ? proofAt(repository, owners.path, line?.line)
    : owner
      ? proofAt(repository, owner.path, owner.owner?.line)
      : { where: { path: '.' } };
  return {
    verdict: 'fail',
    message:
      !owners && !owner
        ? 'Nobody is named who answers for this code.'
        : everything && everything.owners.length > 0
          ? `Nobody is named who answers for this code: ${everything.owners.join(' ')} is a placeholder or a program.`
          : owners
            ? 'Nobody is named who answers for all of this code: CODEOWNERS has no line for everything.'
            : 'Nobody is named who answers for this code: the owner in the catalog is a placeholder.',
    ...place,
    key: 'nobody',
    confidence: 'certain',
    searched,
    remedy,
  };
}

function isCatalogOwner(owner: string | undefined): boolean {
  const name =
    owner
      ?.replace(/^(?:group|user):/, '')
      .split('/')
      .at(-1) ?? '';
  return (
    name !== '' &&
    !/^(?:guests?|unknown|none|nobody|todo|tbd|owner|team|my-team|your-team|user|username|\$.*|<.*)$/i.test(name)
  );
}

/** Files of other catalogs that name an owner. */
function otherFile(repository: Repository): string | undefined {
  const named: readonly (readonly [string, (text: string) => boolean])[] = [
    ['OWNERS', (text) => /^approvers:\s*\n\s*-\s*\S/m.test(text)],
    ['cortex.yaml', (text) => /x-cortex-owners:\s*\n\s*-/.test(text)],
    ['opslevel.yml', (text) => /^\s*owner:\s*\S/m.test(text)],
    ['compass.yml', (text) => /^ownerId:\s*\S/m.test(text)],
    ['entity.datadog.yaml', (text) => /^\s*(?:owner|team):\s*\S/m.test(text)],
    ['service.datadog.yaml', (text) => /^\s*team:\s*\S/m.test(text)],
  ];
  return named.find(
    ([path, holds]) => yamlAt(repository, path)?.error === undefined && holds(repository.read(path) ?? ''),
  )?.[0];
}
