// Writes docs/drill.md from two drills of one installed project: `tsx scripts/drill-page.ts <project>`. Takes about a quarter of an hour.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import type { FaultResult } from '../src/drill/drill.ts';

interface Drill {
  readonly planted: number;
  readonly caught: number;
  readonly results: readonly FaultResult[];
}

const [project = '.'] = process.argv.slice(2);
const { answers } = JSON.parse(readFileSync(join(project, 'shipshape.json'), 'utf8')) as {
  answers: { framework: string; auth: string };
};
const careless = drill();
const determined = drill('--determined');
const page = await format(render(), { parser: 'markdown', printWidth: 120 });
writeFileSync('docs/drill.md', page);

function drill(...flags: string[]): Drill {
  const words = ['bin/shipshape.js', 'drill', project, '--json', ...flags];
  const { stdout } = spawnSync('node', words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout) as Drill;
}

function render(): string {
  const byId = new Map(determined.results.map((result) => [result.id, result]));
  const rows = careless.results
    .toSorted((left, right) => (left.rule < right.rule ? -1 : left.rule > right.rule ? 1 : left.id < right.id ? -1 : 1))
    .map((result) => `| ${result.rule} | ${result.title} | ${mark(result)} | ${mark(byId.get(result.id))} |`);
  return `# Does it bite?

\`create-shipshape drill [dir]\` plants one fault at a time into a throw-away copy of a project, and runs the project's own \`npm run check\`.
Measured on a new project (${answers.framework}, ${answers.auth}) as \`npx tsx scripts/drill-page.ts <project>\` wrote it down:

- **Somebody careless** (or an agent in a hurry) changes the project: **${careless.caught} of ${careless.planted}** faults are caught. The list of guard
  files notices most of them within a second.
- **Somebody determined** also runs \`npm run guard:update\`, so that the list agrees with the change: **${determined.caught} of ${determined.planted}** are caught
  by what the tests, the compiler and the linter see.

What is not caught by \`npm run check\` when somebody is determined, and why: whoever may rewrite the script \`check\` itself decides what it does, so
\`"check": "true"\` is green. The pipeline does not ask that script: it runs the guard tests of the base branch against the change, and a code owner
has to agree to a change of a guard file. A drill shows what a check catches on one day; it is not a proof that nothing gets past.

| rule | fault | careless | determined |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function mark(result: FaultResult | undefined): string {
  if (!result || result.outcome === 'not planted') return 'no place';
  return result.outcome === 'caught' ? 'caught' : '**missed**';
}
