import { defineRule } from '../rule.ts';
import { suppressionsOf, type Suppression } from './suppressions.ts';
import { shown } from '../offending-line.ts';

export default defineRule({
  id: 'agent/no-suppression-drift',
  title: 'Whoever tells a tool to look away says why.',
  why: 'The quickest way to a green check is to silence it. A few such places without a reason, and the check says nothing any more.',
  weight: 'medium',
  stage: 'prototype',
  measured: false,
  finds:
    'Between two revisions: new eslint-disable, oxlint-disable, biome-ignore, @ts-ignore, @ts-expect-error, @ts-nocheck, `as any`, ignored coverage and shipshape-allow, `|| true` and --no-verify in scripts and workflows, without a reason beside them.',
  blind: 'Whether a reason is a good one; rules that are switched off in a configuration.',
  fix: 'Mend what the tool found, or write the reason behind it (`-- why`).',
  references: ['OWASP Secure Coding with AI 7', 'OWASP Secure Coding with AI 8'],
  check(repository) {
    const silent = suppressionsOf(repository).filter(({ hasReason }) => !hasReason).length;
    const known = silent === 1 ? 'One place tells' : `${silent} places tell`;
    const counted = silent === 0 ? '' : ` ${known} a tool to look away without a reason.`;
    return [
      { verdict: 'not-applicable', message: `Needs an earlier revision to compare with: check --diff.${counted}` },
    ];
  },
  compare(before, after) {
    const then = countedBy(suppressionsOf(before));
    return suppressionsOf(after).flatMap((suppression) => {
      const key = keyOf(suppression);
      const known = then.get(key) ?? 0;
      then.set(key, known - 1);
      if (known > 0 || suppression.hasReason) return [];
      const { kind, path, line, text } = suppression;
      return [
        {
          verdict: 'fail',
          message: `A check was silenced here, and nobody says why: ${kind}.`,
          where: { path, line },
          evidence: shown(text),
          confidence: 'certain',
          remedy: 'Mend what the tool found, or write the reason behind it.',
        },
      ];
    });
  },
});

/** How often each line tells a tool to look away, in whatever file: code that moved is nothing new. */
function countedBy(suppressions: readonly Suppression[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const suppression of suppressions) counts.set(keyOf(suppression), (counts.get(keyOf(suppression)) ?? 0) + 1);
  return counts;
}

function keyOf({ kind, text }: Suppression): string {
  return `${kind} ${text.replaceAll(/\s+/g, ' ')}`;
}
