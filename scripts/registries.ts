// Writes the registries of guardrails and frameworks from the names of their folders. `--check` only tells whether they are stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const registries = [
  {
    folder: 'src/guardrails',
    name: 'guardrails',
    type: 'Guardrail',
    from: './guardrail.ts',
    about: 'Every guardrail, by id',
  },
  {
    folder: 'src/frameworks',
    name: 'frameworks',
    type: 'FrameworkAdapter',
    from: './framework.ts',
    about: 'Every framework, by id',
  },
];

let stale = false;
for (const registry of registries) {
  const path = `${registry.folder}/registry.ts`;
  const text = await format(render(registry), { parser: 'typescript', singleQuote: true, printWidth: 120 });
  const current = readOrEmpty(path);
  if (current === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is stale: run npm run registries`);
    stale = true;
  } else writeFileSync(path, text);
}
process.exitCode = stale ? 1 : 0;

function render({ folder, name, type, from, about }: (typeof registries)[number]): string {
  const ids = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`${folder}/${entry.name}/index.ts`))
    .map((entry) => entry.name)
    .toSorted();
  return [
    '// Generated from the folder names by `npm run registries`.',
    ...ids.map((id) => `import ${id} from './${id}/index.ts';`),
    `import type { ${type} } from '${from}';`,
    '',
    `/** ${about}. */`,
    `export const ${name}: readonly ${type}[] = [${ids.join(', ')}];`,
    '',
  ].join('\n');
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
