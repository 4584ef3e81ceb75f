import { placeText } from '../../repository/place.ts';
import { printable } from '../../repository/printable.ts';
import type { SecretFinding } from '../../secrets/finding.ts';
import { secretsIn } from '../../secrets/secrets-in.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

export default defineRule({
  id: 'secrets/no-hardcoded',
  title: 'No password, key or token stands in a file of the repository.',
  why: 'Whoever can read the code can use the account behind it: a colleague who left, a stolen laptop, a copy on the internet, a coding assistant.',
  weight: 'blocker',
  stage: 'prototype',
  measured: true,
  finds:
    'Every tracked text: by how providers write their keys (rules of secretlint and patterns of ours), by connection strings, private keys and headers, and by what a value is called and how random it looks. Tests are searched for keys of providers only.',
  blind:
    'A secret that is called like nothing in particular and looks like a word; one in a picture, an archive or another binary file; whether a key still works. The history is searched with --history.',
  fix: 'Revoke it first, since a copy is in the history of everybody who has cloned the repository. Then read it from the environment.',
  references: ['ASVS 13.3.1', 'OSPS-BR-07.01', 'CWE-798', '12-Factor III'],
  async check(repository) {
    const fails = bySecret(await secretsIn(repository)).map(failureOf);
    return fails.length > 0
      ? fails
      : [{ verdict: 'pass', message: 'No credential was found in the files of the repository.' }];
  },
});

/** The places of each secret. */
function bySecret(findings: readonly SecretFinding[]): SecretFinding[][] {
  const places = new Map<string, SecretFinding[]>();
  for (const finding of findings) {
    const known = places.get(finding.fingerprint);
    if (known) known.push(finding);
    else places.set(finding.fingerprint, [finding]);
  }
  return [...places.values()];
}

function failureOf(places: readonly SecretFinding[]): RuleFinding {
  const [first, ...others] = bestFirst(places);
  if (!first) throw new Error('a secret stands somewhere');
  const name = first.name ?? others.find((other) => other.name)?.name;
  const called = name && !name.includes('://') ? ` (${printable(name)})` : '';
  const also = others.length === 0 ? '' : ` The same value also stands in ${listed(others)}.`;
  return {
    verdict: 'fail',
    message: `${messageOf(first.kind, called)}${also}`,
    where: first.place,
    confidence: first.confidence,
    evidence: first.evidence,
    remedy: `${first.rotate} Then take it out of the file and read it from the environment or a secret store. Taking it out is not enough: it stays in the history of every copy.`,
    key: [first.kind, name ?? '', ...(name === undefined ? [first.place.path] : [])].join(' '),
  };
}

function messageOf(kind: string, called: string): string {
  if (kind === 'password hash')
    return 'Anyone who can read this repository can find out the password behind this hash by trying.';
  return `Anyone who can read this repository has this: ${kind}${called}.`;
}

/** The surest first; source before what explains it. */
function bestFirst(places: readonly SecretFinding[]): readonly SecretFinding[] {
  const order = { certain: 0, likely: 1, review: 2 } as const;
  return places.toSorted((one, other) => order[one.confidence] - order[other.confidence]);
}

function listed(places: readonly SecretFinding[]): string {
  const shown = places.slice(0, 5).map(({ place }) => printable(placeText(place)));
  return places.length > 5 ? `${shown.join(', ')} and ${places.length - 5} more places` : shown.join(', ');
}
