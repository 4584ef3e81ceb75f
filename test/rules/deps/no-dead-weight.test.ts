import { expect, test } from 'vitest';
import rule from '../../../src/rules/deps/no-dead-weight.ts';
import { repositoryOf } from '../../support/repository.ts';

/** What the rule says of an app that installs express and left-pad, and whose code names express alone. */
async function verdictsOf(imports: string): Promise<string[]> {
  const manifest = JSON.stringify({ name: 'sample', dependencies: { express: '*', 'left-pad': '*' } });
  const app = `import express from 'express'; ${imports} express().listen(3000);`;
  const findings = await rule.check(repositoryOf({ 'package.json': manifest, 'app.js': app }), { today: new Date() });
  return findings.map(({ verdict }) => verdict);
}

test.each([
  ['all files are here', '', ['fail']],
  ['a file is missing, which may use it', "import { pad } from './pad.js';", ['unknown']],
  ['what is missing is made by a build', "import { pad } from './generated/pad.js'; import './page.css';", ['fail']],
])('%s', async (_, imports, expected) => {
  expect(await verdictsOf(imports)).toEqual(expected);
});
