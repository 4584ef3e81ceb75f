import type { Answers, PackageManager } from '../answers/answers.ts';
import type { Values } from './templates.ts';

/** How each package manager says the commands that generated documents and workflows name. */
const commands: Record<
  PackageManager,
  { install: string; installFrozen: string; run: string; exec: string; passArguments: string }
> = {
  npm: { install: 'npm install', installFrozen: 'npm ci', run: 'npm run', exec: 'npx', passArguments: ' --' },
  pnpm: {
    install: 'pnpm install',
    installFrozen: 'pnpm install --frozen-lockfile',
    run: 'pnpm run',
    exec: 'pnpm dlx',
    passArguments: '',
  },
  yarn: {
    install: 'yarn install',
    installFrozen: 'yarn install --immutable',
    run: 'yarn run',
    exec: 'yarn dlx',
    passArguments: '',
  },
  bun: {
    install: 'bun install',
    installFrozen: 'bun install --frozen-lockfile',
    run: 'bun run',
    exec: 'bunx',
    passArguments: '',
  },
};

/** Everything that a template may name, made from the answers, the day and the version alone. */
export function templateValues(answers: Answers, clock: Date, version: string, node: string): Values {
  const { secondOwner, signUp, secrets } = answers;
  return {
    name: answers.name,
    title: answers.name.replace(/^@[^/]+\//, ''),
    description: 'An HTTP API that was made production-shaped by shipshape.',
    owner: answers.owner,
    secondOwner: secondOwner ?? '',
    owners: [answers.owner, ...(secondOwner ? [secondOwner] : [])].join(' '),
    onCall: answers.onCall,
    data: answers.data,
    created: clock.toISOString().slice(0, 10),
    expires: answers.expires,
    afterExpiry: answers.afterExpiry,
    framework: answers.framework,
    auth: answers.auth,
    signUp: signUp.mode,
    signUpDomain: signUp.domain ?? '',
    secrets: secrets.join(','),
    ci: answers.ci,
    runtime: answers.runtime,
    packageManager: answers.packageManager,
    ...commands[answers.packageManager],
    node,
    shipshapeVersion: version,
  };
}
