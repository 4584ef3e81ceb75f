// The container image holds only what runs, is built from a known base, and does not run as root.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const [build = '', image = ''] = dockerfile.split(/^(?=FROM )/m).slice(-2);

test('each base image is one exact build', () => {
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
  expect(bases.filter((base) => !/@sha256:[0-9a-f]{64}$/.test(base ?? ''))).toEqual([]);
});

test('the app runs as an ordinary user, and node itself gets the stop signal', () => {
  expect(/^USER (.+)$/m.exec(image)?.[1]).toBe('node');
  expect(image).toMatch(/^CMD \["node", "--import", "\.\/src\/guardrails\/telemetry\.ts", "src\/main\.ts"\]$/m);
  expect(image).toContain('/livez');
});

test('neither secrets nor what only development needs go into the image', () => {
  const [first, ...rules] = readFileSync('.dockerignore', 'utf8').trim().split(/\r?\n/);
  expect(first, 'everything is left out that is not named').toBe('*');
  expect(rules.filter((rule) => /^!(\.env|\.git|node_modules)$/.test(rule))).toEqual([]);
  expect(rules).toEqual(expect.arrayContaining(['.env', '.env.*']));
  expect(dockerfile).not.toMatch(/^(ENV|ARG) \S*(SECRET|TOKEN|PASSWORD|KEY)/m);
  expect(build).toMatch(/^RUN .*install|^RUN npm ci/m);
});
