import { hasEnded, waiversOf, type WrittenWaiver } from '../../repository/waivers.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

export default defineRule({
  id: 'ownership/waivers-complete',
  title: 'Every exception from a rule has a reason, an owner and a last day that has not passed.',
  why: 'An exception that nobody answers for and that never ends is a rule switched off, and nobody notices.',
  weight: 'high',
  stage: 'prototype',
  measured: true,
  finds:
    'The list `waivers` in shipshape.json: each entry names a rule, a place, a reason, an owner and a last day. One that is incomplete or whose day has passed waives nothing, and is told here.',
  blind: 'Whether the reason is a good one, and whether the owner knows of it.',
  fix: 'Mend what was waived and remove the entry, or have its owner give it a new last day.',
  references: ['CIS 1.1.6', 'OSPS-GV-01.01', 'OWASP Secure Coding with AI 14'],
  check(repository, { today }) {
    const waivers = waiversOf(repository);
    if (waivers === undefined) return [{ verdict: 'not-applicable', message: 'there is no shipshape.json' }];
    if (waivers.length === 0)
      return [{ verdict: 'pass', message: 'no rule is waived', where: { path: 'shipshape.json' } }];
    const findings = waivers.flatMap((written) => findingsFor(written, today));
    if (findings.length > 0) return findings;
    return [{ verdict: 'pass', message: 'every waiver is complete and holds', where: { path: 'shipshape.json' } }];
  },
});

function findingsFor(written: WrittenWaiver, today: Date): RuleFinding[] {
  const { problems, waiver } = written;
  if (problems.length > 0) {
    const message = `An exception from ${waiver.rule || 'a rule'} counts for nothing, because it is incomplete: ${problems.join('; ')}.`;
    return [failed(written, message, 'Complete the entry: rule, place, reason, owner, until. Or remove it.')];
  }
  if (!hasEnded(waiver, today)) return [];
  const message = `An exception from ${waiver.rule} ended on ${waiver.until}, and ${waiver.owner} has not decided what comes next.`;
  return [failed(written, message, 'Mend what was waived and remove the entry, or give it a new last day.')];
}

function failed({ waiver, line }: WrittenWaiver, message: string, remedy: string): RuleFinding {
  const { rule, place, until } = waiver;
  return {
    verdict: 'fail',
    message,
    where: { path: 'shipshape.json', line },
    confidence: 'certain',
    remedy,
    key: `${rule} ${place} ${until}`,
  };
}
