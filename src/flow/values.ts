import type { Answers, Ci, PackageManager, Runtime } from '../answers/answers.ts';
import type { Values } from './templates.ts';

/** How one package manager says what generated documents and workflows name. */
interface Commands {
  readonly install: string;
  readonly installFrozen: string;
  readonly run: string;
  readonly exec: string;
  readonly passArguments: string;
  /** Like `run`, and prints nothing of its own: for `$(...)`. */
  readonly runQuietly: string;
  /** Brings the package manager to a machine that has Node and npm alone. */
  readonly setUpManager: string;
  /** Fails where a package that is shipped has a known hole. */
  readonly audit: string;
  /** What Dependabot calls it. */
  readonly updateEcosystem: string;
}

const commands: Record<PackageManager, Commands> = {
  npm: {
    install: 'npm install',
    installFrozen: 'npm ci',
    run: 'npm run',
    exec: 'npx',
    runQuietly: 'npm run --silent',
    passArguments: ' --',
    setUpManager: 'npm --version',
    audit: 'npm audit --omit=dev --audit-level=high',
    updateEcosystem: 'npm',
  },
  pnpm: {
    install: 'pnpm install',
    installFrozen: 'pnpm install --frozen-lockfile',
    run: 'pnpm run',
    exec: 'pnpm dlx',
    runQuietly: 'pnpm --silent run',
    passArguments: '',
    setUpManager: 'npm install --global --allow-scripts=pnpm pnpm@12.21.0',
    audit: 'pnpm audit --prod --audit-level high',
    updateEcosystem: 'npm',
  },
  yarn: {
    install: 'yarn install',
    installFrozen: 'yarn install --immutable',
    run: 'yarn run',
    exec: 'yarn dlx',
    runQuietly: 'yarn run',
    passArguments: '',
    setUpManager: 'npm install --global @yarnpkg/cli-dist@4.18.1',
    audit: 'yarn npm audit --environment production --severity high',
    updateEcosystem: 'npm',
  },
  bun: {
    install: 'bun install',
    installFrozen: 'bun install --frozen-lockfile',
    run: 'bun run',
    exec: 'bunx',
    runQuietly: 'bun run --silent',
    passArguments: '',
    setUpManager: 'npm install --global --allow-scripts=bun bun@1.4.5',
    audit: 'bun audit --prod --audit-level=high',
    updateEcosystem: 'bun',
  },
};

/** What has to be there before the project can be started. */
const nodeNeeded: Record<Runtime, string> = {
  pinned:
    'Node.js 20.19 or newer (the project brings the exact version that it runs on; a warning `EBADENGINE` of an older one does no harm)',
  system: 'Node.js 22.18 or newer',
};

/** Where somebody clicks to make `main` wait for its checks. */
const protectMain: Record<Ci, string> = {
  github: '_Settings_ → _Rules_ → _Rulesets_ → _New ruleset_ → _Import a ruleset_, and choose `ruleset.json`',
  gitlab:
    '_Settings_ → _Repository_ → _Protected branches_, then _Settings_ → _Merge requests_ → _Pipelines must succeed_',
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
    ownerRef: backstageReference(answers.owner),
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
    protectMain: protectMain[answers.ci],
    runtime: answers.runtime,
    nodeNeeded: nodeNeeded[answers.runtime],
    packageManager: answers.packageManager,
    ...commands[answers.packageManager],
    node,
    shipshapeVersion: version,
  };
}

/** How Backstage names an owner: `@acme/team` is `group:team`, `@ana` and `ana@example.com` are `user:ana`. Its names have no `+` or `%`. */
export function backstageReference(owner: string): string {
  const team = /^@.+\/([^/]+)$/.exec(owner)?.[1];
  const [person = ''] = owner.replace(/^@/, '').split('@');
  const name = (team ?? person).replaceAll(/[^\w.-]/g, '_').slice(0, 63);
  return `${team === undefined ? 'user' : 'group'}:${name.replace(/[_.-]+$/, '')}`;
}
