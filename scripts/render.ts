// Renders a project without the CLI: `tsx scripts/render.ts <folder> [framework] [auth] [key=value ...]`. For work on templates.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Answers } from '../src/answers/answers.ts';
import { planCreate } from '../src/flow/create.ts';
import { inputsFromCheckout } from '../src/world/plan-inputs.ts';

const [folder = '', framework = 'hono', auth = 'password', ...others] = process.argv.slice(2);
const answers = {
  name: 'my-app',
  directory: folder,
  starter: 'api',
  framework,
  auth,
  signUp: { mode: 'closed' },
  secrets: ['env', 'file'],
  ci: 'github',
  owner: '@acme/payments',
  secondOwner: '@acme/platform',
  onCall: '@acme/payments',
  data: 'internal',
  expires: '2027-01-21',
  afterExpiry: 'warn',
  runtime: 'pinned',
  packageManager: 'npm',
  install: false,
  git: false,
  ...Object.fromEntries(others.map((pair) => readPair(pair))),
} as Answers;

function readPair(pair: string): [string, unknown] {
  const [key = '', value = ''] = pair.split('=');
  if (key === 'signUp')
    return [key, value.startsWith('domain:') ? { mode: 'domain', domain: value.slice(7) } : { mode: value }];
  return [key, key === 'secrets' ? value.split(',') : value];
}

const plan = planCreate(answers, inputsFromCheckout('.', new Date('2026-11-22T00:00:00Z')));
for (const [path, text] of plan.files) {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
console.log(`${plan.files.size} files in ${folder}`);
