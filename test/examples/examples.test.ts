import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleProjects } from '../support/examples.ts';

/** What installing and running leaves behind; it is ignored by git. */
const leftovers = /^(node_modules|data|coverage)\/|^package-lock\.json$|^\.env$/;

test.each([...exampleProjects()])('examples/%s is what create makes today', (name, plan) => {
  const folder = join('examples', name);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !leftovers.test(path));
  expect(paths.toSorted(), 'run npm run examples').toEqual([...plan.files.keys()].toSorted());
  for (const [path, text] of plan.files)
    expect(readFileSync(join(folder, path), 'utf8'), `${path}: run npm run examples`).toBe(text);
});
