// Bundles the CLI into dist/: our own code in one file, each larger library in a file of its own that is read when it is needed,
// the templates packed. CommonJS, because Node starts it sooner than modules, and start-up is a feature.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { packTemplates } from './pack-templates.ts';
import { readTemplateFiles } from '../src/world/templates-on-disk.ts';

// Built beside and renamed, so that whoever starts the CLI meanwhile finds the old one whole.
const draft = `dist.${process.pid}`;
mkdirSync(draft, { recursive: true });
writeFileSync(`${draft}/templates.pack`, packTemplates(readTemplateFiles('templates')));
writeFileSync(`${draft}/rule-examples.json`, JSON.stringify(ruleExamples('test/rules/examples')));

/** What `create` does not need to write a project, by the name of its file. */
const libraries = {
  execa: 'execa',
  plop: 'node-plop',
  prompts: 'prompts',
  opentelemetry: '@opentelemetry/api',
  babel: '@babel/parser',
  secretlint: '@secretlint/core',
  'secretlint-preset': '@secretlint/secretlint-rule-preset-recommend',
  yaml: 'yaml',
};

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const common: BuildOptions = {
  outdir: draft,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  // jsonc-parser's "main" is a UMD file that a bundler cannot follow; its "module" is plain ESM.
  mainFields: ['module', 'main'],
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
};
await build({
  ...common,
  entryPoints: ['src/cli.ts'],
  define: { SHIPSHAPE_VERSION: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
  supported: { 'dynamic-import': false },
  plugins: [librariesApart()],
});
const { plop, ...commonJs } = libraries;
await build({ ...common, entryPoints: commonJs });
await build({
  ...common,
  entryPoints: { plop },
  // node-plop is a module: it asks where it is, and its default export is what a `require` has to give.
  banner: { js: "const __here=require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': '__here' },
  footer: { js: 'module.exports=module.exports.default;' },
  plugins: [withoutUnusedHalves()],
});
// What runs inside an app that is booted: a module, because it has to wait for a framework before the app begins.
await build({
  ...common,
  entryPoints: { 'boot-preload': 'src/boot/preload/index.ts' },
  format: 'esm',
  outExtension: { '.js': '.mjs' },
});

/** The examples of each rule, which are its tests, for `explain`. */
function ruleExamples(folder: string): Record<string, string> {
  return Object.fromEntries([...readTemplateFiles(folder)].map(([path, text]) => [path.replace(/\.md$/, ''), text]));
}

rmSync('dist', { recursive: true, force: true });
renameSync(draft, 'dist');

/** A library that is imported becomes a `require` of its own file. */
function librariesApart(): Plugin {
  return {
    name: 'libraries-apart',
    setup({ onResolve }) {
      for (const [file, name] of Object.entries(libraries))
        onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: `./${file}.cjs`, external: true }));
    },
  };
}

/** node-plop brings inquirer for prompts that we never ask (ours come from `prompts`): leaving it out saves two thirds of the bundle. */
function withoutUnusedHalves(): Plugin {
  return {
    name: 'without-unused-halves',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^inquirer$/ }, () => ({ path: 'inquirer', namespace: 'unused' }));
      onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
        contents: 'export default { createPromptModule: () => ({ registerPrompt() {} }) };',
      }));
    },
  };
}
