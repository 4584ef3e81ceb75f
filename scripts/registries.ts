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
    path: 'src/guardrails/registry.ts',
    entry: 'index.ts',
  },
  {
    folder: 'src/frameworks',
    name: 'frameworks',
    type: 'FrameworkAdapter',
    from: './framework.ts',
    about: 'Every framework that a new project can have, by id',
    path: 'src/frameworks/registry.ts',
    entry: 'index.ts',
  },
  {
    folder: 'src/frameworks',
    name: 'recognisers',
    type: 'Recogniser',
    from: './server.ts',
    about: 'Every framework whose servers are recognised in an existing project, by id',
    path: 'src/frameworks/recognisers.ts',
    entry: 'recognise.ts',
  },
  {
    folder: 'src/frameworks',
    name: 'wirers',
    type: 'Wirer',
    from: './wiring/wire-app.ts',
    about: 'Every framework whose apps can be wired in an existing project, by id',
    path: 'src/frameworks/wirers.ts',
    entry: 'wire.ts',
  },
];

let stale = false;
for (const { path, text: unformatted } of [...registries.map(ofFolders), ofRules()]) {
  const text = await format(unformatted, { parser: 'typescript', singleQuote: true, printWidth: 120 });
  const current = readOrEmpty(path);
  if (current === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is stale: run npm run registries`);
    stale = true;
  } else writeFileSync(path, text);
}
process.exitCode = stale ? 1 : 0;

/** One import for each folder that has the entry file. */
function ofFolders({ folder, name, type, from, about, path, entry }: (typeof registries)[number]) {
  const ids = readdirSync(folder, { withFileTypes: true })
    .filter((item) => item.isDirectory() && existsSync(`${folder}/${item.name}/${entry}`))
    .map((item) => item.name)
    .toSorted();
  return {
    path,
    text: render(
      ids.map((id) => [camelCase(id), `./${id}/${entry}`] as const),
      name,
      type,
      from,
      about,
    ),
  };
}

/** One import for each rule: `src/rules/<group>/<slug>.ts` is the rule `<group>/<slug>`. */
function ofRules() {
  const groups = readdirSync('src/rules', { withFileTypes: true }).filter((item) => item.isDirectory());
  const ids = groups
    .flatMap(({ name }) =>
      readdirSync(`src/rules/${name}`)
        .filter((file) => readFileSync(`src/rules/${name}/${file}`, 'utf8').includes('export default defineRule('))
        .map((file) => `${name}/${file.slice(0, -'.ts'.length)}`),
    )
    .toSorted();
  const imports = ids.map((id) => [camelCase(id), `./${id}.ts`] as const);
  return { path: 'src/rules/registry.ts', text: render(imports, 'rules', 'Rule', './rule.ts', 'Every rule, by id') };
}

function render(
  imports: (readonly [string, string])[],
  name: string,
  type: string,
  from: string,
  about: string,
): string {
  return [
    '// Generated from the folder names by `npm run registries`.',
    ...imports.map(([local, path]) => `import ${local} from '${path}';`),
    `import type { ${type} } from '${from}';`,
    '',
    `/** ${about}. */`,
    `export const ${name}: readonly ${type}[] = [${imports.map(([local]) => local).join(', ')}];`,
    '',
  ].join('\n');
}

/** `node-http` becomes `nodeHttp`. */
function camelCase(id: string): string {
  return id.replaceAll(/[-/](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
