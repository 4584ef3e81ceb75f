// What checks a change before it is merged still checks everything, runs nothing that can change under us, and cannot be waved through.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const pipeline = readFileSync('.gitlab-ci.yml', 'utf8');
const jobs = new Map(pipeline.split(/^(?=[\w.-]+:)/m).map((text) => [text.split(':')[0] ?? '', text]));

test('images are those of one exact version, and nothing is included from elsewhere', () => {
  const images = [...pipeline.matchAll(/^ *image: *(\S+)/gm)].map(([, image]) => image ?? '');
  expect(images.filter((image) => !/:\d+\.\d+\.\d+|@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
  expect(pipeline).not.toMatch(/^include:|GIT_STRATEGY/m);
});

test('jobs end in time, and stay red where a step fails', () => {
  expect(jobs.get('default')).toMatch(/^ {2}timeout: \d+ minutes$/m);
  expect(pipeline).not.toMatch(/allow_failure|\|\| *(?:true|:|exit 0)/);
  expect(pipeline.match(/when: never/g)).toHaveLength(1);
});

test('every change is checked in full', () => {
  expect(jobs.get('workflow')).toContain('if: $CI_PIPELINE_SOURCE == "merge_request_event"');
  for (const step of ['guard:check', 'typecheck', 'lint', 'test:coverage']) {
    expect(jobs.get('check'), step).toMatch(new RegExp(`^ {4}- \\w+ run ${step}$`, 'm'));
  }
  expect(jobs.get('base-guards')).toContain('    - node "$judge" "$base"\n');
  expect(jobs.get('image')).toContain('    - docker build ');
  expect(jobs.get('dependencies')).toMatch(/ audit /);
});

test('the end date is looked at by schedule and before every deployment', () => {
  expect(jobs.get('expiry')).toContain('if: $CI_PIPELINE_SOURCE == "schedule"');
  expect(jobs.get('expiry')).toContain('    - node scripts/expiry.ts "$DEPLOY_TO"\n');
  expect(jobs.get('deploy')).toContain('  needs: [check, image, expiry]\n');
});

test('a bot raises versions, and waits a week for bad releases to be found', () => {
  const bot = JSON.parse(readFileSync('renovate.json', 'utf8')) as Record<string, unknown>;
  expect(bot).toMatchObject({ minimumReleaseAge: '7 days', internalChecksFilter: 'strict' });
  expect(bot['enabledManagers']).toEqual(expect.arrayContaining(['npm', 'gitlabci', 'dockerfile']));
});
