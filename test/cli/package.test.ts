import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainEnvironment } from './shipshape.ts';

test('npm create fetches one package, smaller than 1.3 MB, with all it needs', () => {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
  const [pack] = JSON.parse(execFileSync('npm', words, { encoding: 'utf8', env: plainEnvironment() })) as [
    { size: number; files: { path: string }[] },
  ];
  expect(pack.size).toBeLessThan(1_300_000);
  expect(pack.files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['bin/shipshape.js', 'bin/package.json', 'dist/cli.cjs', 'dist/templates.pack', 'LICENSE']),
  );
});

test('nothing else is installed with it', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'])
    expect(manifest[kind] ?? {}, kind).toEqual({});
});
