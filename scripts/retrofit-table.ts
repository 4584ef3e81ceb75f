// Retrofits a copy of every checkout in a folder with the built CLI, as its owner would, and tells what became of it: a table, and below it all of it as JSON.
// npm run retrofit:table -- <folder of checkouts> [--only name,name] [--jobs 2] [--seconds 600] [-- flags for retrofit]
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endAll } from './retrofit-table/command.ts';
import { removeCopies } from './retrofit-table/copy.ts';
import { rowOf, type Row } from './retrofit-table/row.ts';
import { tableOf } from './retrofit-table/table.ts';

const dashes = process.argv.indexOf('--', 2);
const own = process.argv.slice(2, dashes === -1 ? undefined : dashes);
const flags = dashes === -1 ? [] : process.argv.slice(dashes + 1);
const { positionals, values } = parseArgs({
  args: own,
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '600' },
  },
});

// Whoever stops it half-way gets the rows that are done.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    endAll();
    removeCopies();
    tell();
    process.exit(130);
  });

const done: Row[] = [];
await measureAll(resolve(positionals[0] ?? '.'));
tell();

/** What is known by now, in the order of the names. */
function tell(): void {
  const rows = done.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  console.log(tableOf(rows));
  console.log(`\n\`\`\`json\n${JSON.stringify(rows, null, 2)}\n\`\`\``);
}

/** Several at a time. */
async function measureAll(folder: string): Promise<void> {
  const waiting = checkoutsIn(folder).toReversed();
  const work = async (): Promise<void> => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const row = await rowOf(join(folder, name), { seconds: Number(values.seconds), flags });
      done.push(row);
      console.error(`${name}: ${row.errors[0] ?? 'done'}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
}

function checkoutsIn(folder: string): string[] {
  const only = values.only.split(',').filter(Boolean);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'labels')
    .map(({ name }) => name)
    .filter((name) => only.length === 0 || only.some((word) => name.includes(word)))
    .toSorted();
}
