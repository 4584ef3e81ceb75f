import type { Draft } from '../../retrofit/draft.ts';
import type { Scene } from '../../retrofit/scene.ts';
import updateBot from '../../rules/deps/update-bot.ts';
import { githubWorkflowsOf } from '../../repository/ci/github.ts';
import { dockerfilesOf } from '../../repository/dockerfiles.ts';
import { installRootOf, lockOf } from './locked.ts';

/** Lets a bot raise versions by pull request, where none does. One that is there stays as it is. */
export async function draftBot(scene: Scene, draft: Draft): Promise<void> {
  const repository = draft.repository();
  for (const finding of await updateBot.check(repository, { today: scene.inputs.clock })) {
    if (finding.verdict !== 'fail') continue;
    if (finding.key !== 'no bot') {
      draft.leave({ where: finding.where, why: finding.message, lines: [finding.remedy] });
    } else if (scene.answers.ci === 'gitlab') {
      const text = scene.inputs.templates.render('guardrails/ci/gitlab/renovate.json', {});
      draft.create('renovate.json', text, { why: 'a bot raises versions, one week after they came out' });
    } else {
      const why = 'a bot raises versions by pull request, one week after they came out';
      draft.create('.github/dependabot.yml', dependabot(scene, draft), { why });
    }
  }
}

function dependabot(scene: Scene, draft: Draft): string {
  const repository = draft.repository();
  const root = installRootOf(repository, scene.app);
  const images = dockerfilesOf(repository).map(({ folder }) => folder);
  const hasActions = githubWorkflowsOf(repository).length > 0 || scene.answers.guardrails.includes('ci');
  const packages = lockOf(repository, scene.app)?.manager === 'bun' ? 'bun' : 'npm';
  return [
    '# A bot raises versions by pull request, one week after they came out: bad releases are usually found and taken back by then.',
    'version: 2',
    'updates:',
    ...update(packages, root, ['    groups:', '      small-updates:', '        update-types: [minor, patch]']),
    ...(hasActions ? update('github-actions', '') : []),
    ...[...new Set(images)].flatMap((folder) => update('docker', folder)),
    '',
  ].join('\n');
}

function update(ecosystem: string, folder: string, more: readonly string[] = []): string[] {
  return [
    `  - package-ecosystem: ${ecosystem}`,
    `    directory: /${folder}`,
    '    schedule:',
    '      interval: weekly',
    '    cooldown:',
    '      default-days: 7',
    ...more,
  ];
}
