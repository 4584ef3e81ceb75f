import type { PackageManager } from '../../answers/answers.ts';
import type { Evidence } from '../../flow/finding.ts';

const wiring = 'src/guardrails/index.ts';
const health = 'src/guardrails/health.ts';
const shutdown = 'src/guardrails/shutdown.ts';

/** What shows that health is answered and that a stop signal drains the app. */
export const healthEvidence: readonly Evidence[] = [
  { path: 'src/app.ts', holds: /^\s*guard\(app\);$/m, otherwise: 'the app does not switch its guardrails on' },
  { path: wiring, holds: /^ {2}healthRoutes\(app\);$/m, otherwise: 'nobody can ask the app whether it is well' },
  { path: wiring, holds: /install\(app, \[.*\bclosed\b/, otherwise: 'the emergency stop does nothing' },
  { path: health, holds: /'GET', '\/livez'/, otherwise: 'nobody can tell a hung app from a running one' },
  {
    path: health,
    holds: /'GET', '\/readyz'.*isStopping\(\)/,
    otherwise: 'requests are sent to an app that is stopping',
  },
  { path: 'src/guardrails/readiness.ts', holds: /: \(\) => /, otherwise: 'ready is said without looking' },
  {
    path: 'src/guardrails/access.ts',
    holds: /'GET \/livez': open\(/,
    otherwise: 'whoever runs the app may not ask for its health',
  },
  { path: shutdown, holds: /process\.on\('SIGTERM'/, otherwise: 'a stop signal cuts running requests off' },
  { path: shutdown, holds: /server\.close\(/, otherwise: 'new requests are accepted while stopping' },
  {
    path: shutdown,
    holds: /closeAllConnections\(\), longestDrain/,
    otherwise: 'one slow request can hold up the stop for ever',
  },
  { path: shutdown, holds: /shutdownTelemetry\(\)/, otherwise: 'the last traces are lost when the app stops' },
  { path: 'test/guardrails/health.test.ts', otherwise: 'no test asks for the health of the app' },
  { path: 'test/guardrails/shutdown.test.ts', otherwise: 'no test stops the app' },
];

/** How each package manager installs exactly the lockfile, without what only developers need. */
const frozenInstalls: Readonly<Record<PackageManager, RegExp>> = {
  npm: /^RUN npm ci .*--omit=dev/m,
  pnpm: /^RUN pnpm install --frozen-lockfile .*--prod/m,
  yarn: /^RUN yarn install --immutable .*&& yarn workspaces focus --production$/m,
  bun: /^RUN bun install --frozen-lockfile .*--production/m,
};

/** What shows that the image holds only what it needs and does not run as root. */
export function containerEvidence(manager: PackageManager): readonly Evidence[] {
  const path = 'Dockerfile';
  return [
    { path, holds: /^FROM [^\n]+ AS [\s\S]*^FROM /m, otherwise: 'the image carries the tools that built it' },
    { path, holds: /^(?![\s\S]*\nFROM (?!\S+@sha256:[0-9a-f]{64}\b))/, otherwise: 'the base image can change unseen' },
    { path, holds: frozenInstalls[manager], otherwise: 'the image does not hold exactly the packages of the lockfile' },
    { path, holds: /^USER (?!root\b|0\b)\S+$(?![\s\S]*^USER )/m, otherwise: 'the app runs as root' },
    { path, holds: /^(?![\s\S]*\n(?:COPY|ADD) \. )/, otherwise: 'everything in the folder goes into the image' },
    {
      path,
      holds: /^(?![\s\S]*\n(?:ENV|ARG) [^\n]*(?:SECRET|TOKEN|PASSWORD|KEY)[^\n]*=)/,
      otherwise: 'a secret is written into the image',
    },
    { path, holds: /^HEALTHCHECK [\s\S]*\/livez/m, otherwise: 'a hung container is not noticed' },
    { path, holds: /^CMD \["node", /m, otherwise: 'the stop signal does not reach the app' },
    {
      path: '.dockerignore',
      holds: /^\*$/m,
      otherwise: 'the image may be built from files that were never meant for it',
    },
  ];
}
