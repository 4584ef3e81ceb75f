import { appsOf } from '../../repository/apps.ts';
import { githubWorkflowsOf } from '../../repository/ci/github.ts';
import type { Repository } from '../../repository/repository.ts';
import { yamlAt, yamlFrom, type Yaml } from '../../repository/yaml.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** Days that a release has to be public before it is taken: most poisoned ones are found within them. */
const shortest = 7;
const dependabotPlaces = ['.github/dependabot.yml', '.github/dependabot.yaml'];
const renovatePlaces = [
  'renovate.json',
  'renovate.json5',
  '.github/renovate.json',
  '.github/renovate.json5',
  '.gitlab/renovate.json',
  '.renovaterc',
  '.renovaterc.json',
];

export default defineRule({
  id: 'deps/update-bot',
  title: 'A bot raises the versions of packages and actions by pull request, a week after they came out.',
  why: 'Who looks after the libraries of others in a year? Nobody, unless a bot opens the pull request.',
  weight: 'low',
  stage: 'production',
  measured: false,
  finds:
    'The configuration of Dependabot or Renovate: whether it looks at npm and at actions, and waits at least seven days after a release.',
  blind: 'Whether the bot is switched on, and whether anybody merges what it proposes.',
  fix: 'Write .github/dependabot.yml for npm and github-actions, each with `cooldown: { default-days: 7 }`.',
  references: ['OpenSSF Scorecard Dependency-Update-Tool', 'zizmor dependabot-cooldown'],
  check(repository) {
    const needs = appsOf(repository).some(
      ({ manifest }) => manifest && manifest.dependencies.size + manifest.devDependencies.size > 0,
    );
    const actions = githubWorkflowsOf(repository).length > 0;
    if (!needs && !actions)
      return [{ verdict: 'not-applicable', message: 'There is nothing whose version could be raised.' }];
    const dependabot = dependabotPlaces.find((path) => repository.file(path));
    if (dependabot !== undefined) return dependabotFindings(repository, dependabot, needs, actions);
    const renovate = renovatePlaces.find((path) => repository.file(path));
    if (renovate !== undefined)
      return renovateFindings(
        renovate,
        yamlFrom(renovate, withoutComments(repository.read(renovate) ?? '')).documents[0],
      );
    if (/"renovate"\s*:\s*\{/.test(repository.read('package.json') ?? ''))
      return renovateFindings(
        'package.json',
        yamlFrom('package.json', repository.read('package.json') ?? '').documents[0]?.get('renovate'),
      );
    return [
      {
        verdict: 'fail',
        message: 'Nobody raises the versions of packages: holes that are mended elsewhere stay open here.',
        where: { path: '.' },
        key: 'no bot',
        confidence: 'certain',
        searched: [...dependabotPlaces, ...renovatePlaces],
        remedy: 'Write .github/dependabot.yml for npm and github-actions, each with `cooldown: { default-days: 7 }`.',
      },
    ];
  },
});

/** JSON5 without its comments is YAML. */
function withoutComments(text: string): string {
  return text.replaceAll(
    /("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\/\/.*|\/\*[\s\S]*?\*\//g,
    (_, quoted: string = '') => quoted,
  );
}

function dependabotFindings(repository: Repository, path: string, needs: boolean, actions: boolean): RuleFinding[] {
  const file = yamlAt(repository, path);
  const updates = file?.documents[0]?.get('updates')?.items ?? [];
  if (file?.error !== undefined)
    return [{ verdict: 'unknown', message: `The configuration could not be read: ${file.error}.`, where: { path } }];
  const looksAt = (pattern: RegExp): boolean =>
    updates.some((update) => pattern.test(update.get('package-ecosystem')?.text ?? ''));
  const missing = [
    ...(needs && !looksAt(/^(?:npm|bun)$/) ? ['npm'] : []),
    ...(actions && !looksAt(/^github-actions$/) ? ['github-actions'] : []),
  ].map((ecosystem): RuleFinding =>
    finding(
      path,
      undefined,
      `missing ${ecosystem}`,
      `Dependabot does not look at ${ecosystem}: those versions stay as they are.`,
      `Add an update for \`${ecosystem}\`.`,
    ),
  );
  const hasty = updates
    .filter((update) => Number(update.get('cooldown')?.get('default-days')?.text ?? 0) < shortest)
    .map((update) =>
      finding(
        path,
        update.line,
        `cooldown ${update.get('package-ecosystem')?.text} ${update.get('directory')?.text}`,
        'A release is proposed on the day it comes out, before anybody has found out whether it is poisoned.',
        `Add \`cooldown: { default-days: ${shortest} }\`.`,
      ),
    );
  const findings = [...missing, ...hasty];
  return findings.length > 0
    ? findings
    : [{ verdict: 'pass', message: 'Dependabot raises versions a week after they came out.', where: { path } }];
}

function renovateFindings(path: string, root: Yaml | undefined): RuleFinding[] {
  const presets = (root?.get('extends')?.items ?? []).map(({ text }) => text ?? '');
  const age =
    /^(\d+) ?days?$/.exec(root?.get('minimumReleaseAge')?.text ?? '')?.[1] ?? root?.get('stabilityDays')?.text;
  if (root?.get('enabled')?.text === 'false')
    return [finding(path, undefined, 'off', 'Renovate is switched off.', 'Take `"enabled": false` away.')];
  if (age !== undefined && Number(age) >= shortest)
    return [{ verdict: 'pass', message: `Renovate raises versions ${age} days after they came out.`, where: { path } }];
  const shared = presets.find((preset) =>
    /^(?:local|github|gitlab|bitbucket|gitea|npm)>|^@|best-practices|minimumReleaseAge/.test(preset),
  );
  if (age === undefined && shared !== undefined)
    return [
      { verdict: 'unknown', message: `How long Renovate waits stands in the preset ${shared}.`, where: { path } },
    ];
  return [
    finding(
      path,
      undefined,
      'age',
      'A release is proposed on the day it comes out, before anybody has found out whether it is poisoned.',
      `Add "minimumReleaseAge": "${shortest} days".`,
    ),
  ];
}

function finding(path: string, line: number | undefined, key: string, message: string, remedy: string): RuleFinding {
  return {
    verdict: 'fail',
    message,
    where: { path, ...(line !== undefined && { line }) },
    key,
    confidence: 'likely',
    remedy,
  };
}
