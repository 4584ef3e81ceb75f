// Bundles the CLI into dist/: what `create` needs in one file, what only `check` needs in another, each larger library in a file of its own
// that is read when it is needed, the templates packed. CommonJS, because Node starts it sooner than modules, and start-up is a feature.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { packTemplates } from './pack-templates.ts';
import { withDialects } from './prepare-dialects.ts';
import { readTemplateFiles } from '../src/world/templates-on-disk.ts';

// Built beside and renamed, so that whoever starts the CLI meanwhile finds the old one whole.
const draft = `dist.${process.pid}`;
mkdirSync(draft, { recursive: true });
process.once('exit', () => rmSync(draft, { recursive: true, force: true }));
writeFileSync(`${draft}/templates.pack`, packTemplates(withDialects(readTemplateFiles('templates'))));
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

/** Commands that read repositories: four times the code of all others. */
const checkCommands = [
  './src/commands/check-run.ts',
  './src/commands/explain-run.ts',
  './src/commands/retrofit-run.ts',
];

/** What both halves have to share: a class that is asked for with `instanceof`, and a list that both write to. */
const shared = ['./src/errors.ts', './src/world/timings.ts'];

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
const ours: BuildOptions = {
  ...common,
  define: { SHIPSHAPE_VERSION: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
  supported: { 'dynamic-import': false },
};
await build({ ...ours, entryPoints: ['src/cli.ts'], plugins: [librariesApart(), sharedApart(), checkApart()] });
await build({ ...ours, ...exporting('check', checkCommands), plugins: [librariesApart(), sharedApart()] });
await build({ ...ours, ...exporting('shared', shared), plugins: [librariesApart()] });
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

// The same as CommonJS, for apps that would not start after `--import`: it cannot wait, and they do not need it to.
await build({ ...common, entryPoints: { 'boot-preload': 'src/boot/preload/index.ts' }, plugins: [withoutWaiting()] });

/** The examples of each rule, which are its tests, for `explain`. */
function ruleExamples(folder: string): Record<string, string> {
  return Object.fromEntries([...readTemplateFiles(folder)].map(([path, text]) => [path.replace(/\.md$/, ''), text]));
}

rmSync('dist', { recursive: true, force: true });
renameSync(draft, 'dist');

/** CommonJS knows no `await` at the top of a file. */
function withoutWaiting(): Plugin {
  return {
    name: 'without-waiting',
    setup({ onLoad }) {
      onLoad({ filter: /\/boot\/preload\/index\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const contents = text.replaceAll(/(?<=^for \(.*\) )await /gm, 'void ');
        if (contents === text) throw new Error(`${path} waits in another way than it did`);
        return { contents, loader: 'ts' };
      });
    },
  };
}

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

/** One file that exports all that some files do. */
function exporting(name: string, files: readonly string[]): BuildOptions {
  const contents = files.map((file) => `export * from '${file}';`).join('\n');
  return { stdin: { contents, resolveDir: '.', loader: 'ts' }, entryNames: name };
}

/** The commands that read repositories are a file of their own, read when one of them is typed. */
function checkApart(): Plugin {
  return {
    name: 'check-apart',
    setup({ onResolve }) {
      onResolve({ filter: /\/(?:check|explain|retrofit)-run\.ts$/ }, () => ({ path: './check.cjs', external: true }));
    },
  };
}

function sharedApart(): Plugin {
  return {
    name: 'shared-apart',
    setup({ onResolve }) {
      onResolve({ filter: /\/(?:errors|timings)\.ts$/ }, () => ({ path: './shared.cjs', external: true }));
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
