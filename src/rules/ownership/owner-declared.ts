import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'ownership/owner-declared',
  title: 'A named team and at least two people answer for the code, in a form that tools can read.',
  why: 'When it breaks at night, somebody has to be called, and somebody has to decide.',
  weight: 'high',
  stage: 'prototype',
  measured: true,
  finds: 'CODEOWNERS and catalog-info.yaml.',
  blind: 'Whether the people still work there.',
  fix: 'Write a line `* @team` into .github/CODEOWNERS.',
  references: ['CIS 1.1.6', 'OSPS-GV-01.01'],
  check(repository) {
    const searched = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];
    const path = searched.find((candidate) => /^\s*\*\s+@/m.test(repository.read(candidate) ?? ''));
    if (path !== undefined) return [{ verdict: 'pass', message: 'owners are named', where: { path } }];
    return [
      {
        verdict: 'fail',
        message: 'Nobody is named who answers for this code.',
        where: { path: '.' },
        confidence: 'certain',
        searched,
        remedy: 'Write a line `* @your-team` into .github/CODEOWNERS.',
      },
    ];
  },
});
