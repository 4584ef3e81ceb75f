import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packTemplates } from '../../scripts/pack-templates.ts';
import { withDialects } from '../../scripts/prepare-dialects.ts';
import { guardFiles, guardFilesIn, type Kit } from '../../src/dialect/kit.ts';
import { allParts } from '../../src/dialect/parts.ts';
import { prepared } from '../../src/dialect/prepared.ts';
import { packedTemplates } from '../../src/world/packed-templates.ts';
import { readTemplateFiles } from '../../src/world/templates-on-disk.ts';
import { inputs } from '../support/answers.ts';

const folder = mkdtempSync(join(tmpdir(), 'shipshape-prepared-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what ships has the guard files ready in both module systems, and they are the same', () => {
  const pack = join(folder, 'templates.pack');
  writeFileSync(pack, packTemplates(withDialects(readTemplateFiles('templates'))));
  const shipped = packedTemplates(pack);
  const made = [
    'index.ts',
    'access.ts',
    'addresses.ts',
    'settings.ts',
    'spending.ts',
    'upstreams.ts',
    'public-files.ts',
  ];
  for (const identity of ['password', 'better-auth', 'oidc'] as const)
    for (const dialect of ['mjs', 'cjs'] as const) {
      const kit: Kit = { framework: 'fastify', parts: allParts, identity, signUp: 'invite', access: {} };
      expect(guardFilesIn(dialect, kit, shipped)).toEqual(guardFilesIn(dialect, kit, inputs.templates));
      const slow = [...guardFiles(kit, shipped)].filter(([, text]) => prepared(text, dialect, shipped) === undefined);
      expect(slow.map(([path]) => path).filter((path) => !made.includes(path))).toEqual([]);
    }
});
