/** What a project can be: every allowed value, in the order in which people see it. The first one is not always the default. */
export const choices = {
  starter: ['api'],
  framework: ['hono', 'fastify', 'express'],
  auth: ['password', 'oidc'],
  signUp: ['closed', 'invite', 'domain', 'open'],
  secrets: ['env', 'file', 'dotenv-vault', 'vault', 'aws'],
  ci: ['github', 'gitlab'],
  data: ['none', 'internal', 'personal', 'sensitive'],
  afterExpiry: ['warn', 'closed'],
  runtime: ['pinned', 'system'],
  packageManager: ['npm', 'pnpm', 'yarn', 'bun'],
} as const;

type Choice<Key extends keyof typeof choices> = (typeof choices)[Key][number];

export type Framework = Choice<'framework'>;
export type Auth = Choice<'auth'>;
export type SecretSource = Choice<'secrets'>;
export type Ci = Choice<'ci'>;
export type DataClass = Choice<'data'>;
export type AfterExpiry = Choice<'afterExpiry'>;
export type Runtime = Choice<'runtime'>;
export type PackageManager = Choice<'packageManager'>;

/** Who may become a user. With `domain`, everybody whose verified e-mail address ends in it, such as `example.com`. */
export type SignUp =
  | { readonly mode: 'closed' | 'invite' | 'open'; readonly domain?: undefined }
  | { readonly mode: 'domain'; readonly domain: string };

/** Everything that decides what a new project looks like. Complete and valid: whoever gets one need not check it again. */
export interface Answers {
  /** The package name, such as `my-app` or `@team/my-app`. */
  readonly name: string;
  /** Where the project goes, as it was typed: relative to the working directory, or absolute. */
  readonly directory: string;
  readonly starter: Choice<'starter'>;
  readonly framework: Framework;
  readonly auth: Auth;
  /** Always `closed` where auth is `oidc`: there the identity provider decides. */
  readonly signUp: SignUp;
  /** At least one, no duplicates, in the order in which they are asked. */
  readonly secrets: readonly SecretSource[];
  readonly ci: Ci;
  /** `@person`, `@organisation/team` or an e-mail address. */
  readonly owner: string;
  /** Like the owner, and somebody else. */
  readonly secondOwner?: string;
  /** Like the owner, or a telephone number, or an https address. */
  readonly onCall: string;
  readonly data: DataClass;
  /** The last day of the experiment, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
  readonly afterExpiry: AfterExpiry;
  readonly runtime: Runtime;
  readonly packageManager: PackageManager;
  readonly install: boolean;
  readonly git: boolean;
}
