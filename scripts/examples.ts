// Writes examples/: the output of `create` for each framework, with a fixed day and a far end date. A test fails when they are stale.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exampleProjects } from '../test/support/examples.ts';

for (const [name, plan] of exampleProjects()) {
  const folder = join('examples', name);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of plan.files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  console.log(`${folder}: ${plan.files.size} files`);
}
