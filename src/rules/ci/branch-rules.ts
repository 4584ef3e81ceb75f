import { parse } from 'jsonc-parser';
import type { Repository } from '../../repository/repository.ts';
import { yamlAt, yamlFrom, type Yaml } from '../../repository/yaml.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

export default defineRule({
  id: 'ci/branch-rules',
  title: 'The main branch takes changes only by pull request, with green checks and the consent of a code owner.',
  why: 'Without it every other gate is a suggestion, for people and for agents alike.',
  weight: 'high',
  stage: 'production',
  measured: false,
  finds:
    'A ruleset of GitHub in the repository (ruleset.json, .github/rulesets/*.json), and branch protection in .github/settings.yml, Terraform or Pulumi.',
  blind: 'What is really switched on: that is a setting of the host, which is asked only with a token.',
  fix: 'Switch on a ruleset for the main branch: pull request, one approval of a code owner, required checks, no force push.',
  references: [
    'OpenSSF Scorecard Branch-Protection',
    'OpenSSF Scorecard Code-Review',
    'OSPS-AC-03.01',
    'OSPS-QA-07.01',
    'CIS Software Supply Chain 1.1.3, 1.1.7, 1.1.9, 1.1.16',
  ],
  check(repository) {
    const path = repository.files
      .map((file) => file.path)
      .find((candidate) => /^(?:\.github\/)?(?:rulesets\/[^/]+|ruleset[\w-]*)\.json$/.test(candidate));
    if (path !== undefined) return rulesetFindings(repository, path);
    const settings = ['.github/settings.yml', '.github/settings.yaml'].find((candidate) => repository.file(candidate));
    const branches = settings === undefined ? undefined : yamlAt(repository, settings)?.documents[0]?.get('branches');
    if (settings !== undefined && branches) return settingsFindings(settings, branches);
    const terraform = repository.files.find(
      ({ path: candidate, role }) =>
        role !== 'fixture' &&
        candidate.endsWith('.tf') &&
        /resource\s+"github_(?:branch_protection|repository_ruleset)/.test(repository.read(candidate) ?? ''),
    );
    if (terraform)
      return [
        {
          verdict: 'elsewhere',
          message: 'The rules of the main branch are kept by Terraform.',
          by: 'Terraform',
          where: { path: terraform.path },
        },
      ];
    return [
      {
        verdict: 'unknown',
        message:
          'Whether the main branch is protected is a setting of the host, which is not asked here; no ruleset is kept in the repository.',
      },
    ];
  },
});

function rulesetFindings(repository: Repository, path: string): RuleFinding[] {
  const text = repository.read(path);
  if (text === undefined || typeof parse(text) !== 'object')
    return [{ verdict: 'unknown', message: 'The ruleset could not be read.', where: { path } }];
  // JSON is YAML: read so, each part knows its line.
  const root = yamlFrom(path, text).documents[0];
  const rules = root?.get('rules')?.items ?? [];
  const rule = (type: string): Yaml | undefined => rules.find((candidate) => candidate.get('type')?.text === type);
  const parameters = rule('pull_request')?.get('parameters');
  const enforcement = root?.get('enforcement');
  const lacks: (readonly [boolean, string, string, Yaml | undefined])[] = [
    [
      enforcement !== undefined && enforcement.text !== 'active',
      'it is not switched on',
      'Set "enforcement" to "active".',
      enforcement,
    ],
    [
      !rule('pull_request'),
      'anybody may write to the main branch without a pull request',
      'Add the rule "pull_request".',
      undefined,
    ],
    [
      parameters !== undefined && Number(parameters.get('required_approving_review_count')?.text ?? 0) < 1,
      'a change needs the consent of nobody',
      'Set "required_approving_review_count" to 1.',
      parameters,
    ],
    [
      parameters !== undefined && parameters.get('require_code_owner_review')?.text !== 'true',
      'the owners of guard files are not asked',
      'Set "require_code_owner_review" to true.',
      parameters,
    ],
    [
      !rule('required_status_checks'),
      'a change may be merged while its checks are red',
      'Add the rule "required_status_checks".',
      undefined,
    ],
    [
      !rule('non_fast_forward'),
      'the history of the main branch may be rewritten',
      'Add the rule "non_fast_forward".',
      undefined,
    ],
  ];
  const findings = lacks.flatMap(([missing, what, remedy, at]): RuleFinding[] =>
    missing
      ? [
          {
            verdict: 'fail',
            message: `The rules of the main branch leave a door open: ${what}.`,
            where: { path, ...(at && { line: at.line }) },
            key: what,
            confidence: 'likely',
            remedy,
          },
        ]
      : [],
  );
  return findings.length > 0
    ? findings
    : [
        {
          verdict: 'pass',
          message: 'The ruleset asks for a pull request, green checks and the consent of a code owner.',
          where: { path },
        },
      ];
}

function settingsFindings(path: string, branches: Yaml): RuleFinding[] {
  const protection = branches.items
    .map((branch) => branch.get('protection'))
    .find((found) => found !== undefined && found.entries.length > 0);
  const asks = protection?.get('required_pull_request_reviews')?.entries.length ?? 0;
  const checks = protection?.get('required_status_checks')?.entries.length ?? 0;
  if (asks > 0 && checks > 0)
    return [
      {
        verdict: 'pass',
        message: 'The settings ask for a review and for green checks.',
        where: { path, line: branches.line },
      },
    ];
  return [
    {
      verdict: 'fail',
      message: 'The rules of the main branch leave a door open: a change needs no review or no green check.',
      where: { path, line: branches.line },
      key: 'settings',
      confidence: 'likely',
      remedy: 'Set `required_pull_request_reviews` and `required_status_checks` for the main branch.',
    },
  ];
}
