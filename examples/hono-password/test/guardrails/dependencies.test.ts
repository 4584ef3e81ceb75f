// Keeps what is installed known and small: every version exact and in the lockfile, and not more packages than agreed.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { directIn, lockfile, packagesIn } from './lockfile.ts';
import { mostPackages } from './package-ceiling.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string> | undefined>;
const asked = { ...manifest['dependencies'], ...manifest['devDependencies'], ...manifest['optionalDependencies'] };
const lockfiles = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'];

test('there is one lockfile, and it belongs to git', () => {
  expect(lockfiles.filter((path) => existsSync(path))).toEqual([lockfile]);
  expect(readFileSync('.gitignore', 'utf8').split('\n')).not.toContain(lockfile);
});

test('every version is exact: no range, no tag, no address', () => {
  const loose = Object.entries(asked).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
  expect(loose).toEqual([]);
});

test('the lockfile was written for this package.json', () => {
  expect(directIn(readFileSync(lockfile, 'utf8'))).toEqual(asked);
});

test(`not more than ${mostPackages} packages`, () => {
  const packages = packagesIn(readFileSync(lockfile, 'utf8'));
  expect(packages.length).toBeGreaterThan(Object.keys(manifest['dependencies'] ?? {}).length);
  expect(packages.length, 'more packages than agreed: is the new one worth what it brings along?').toBeLessThanOrEqual(
    mostPackages,
  );
});
