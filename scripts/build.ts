// Bundles the CLI into dist/: one entry, lazily loaded chunks, the templates packed and precompiled, nothing to install beside it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';
import Handlebars from 'handlebars';
import { compileOptions, readTemplateFiles } from '../src/world/templates-on-disk.ts';

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });
writeFileSync('dist/templates.js', packTemplates());

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
await build({
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  // jsonc-parser's "main" is a UMD file that a bundler cannot follow; its "module" is plain ESM.
  mainFields: ['module', 'main'],
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: ['./templates.js'],
  define: { SHIPSHAPE_VERSION: JSON.stringify(version) },
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [withoutUnusedHalves()],
});

function packTemplates(): string {
  const files: Record<string, string> = {};
  const compiled: string[] = [];
  for (const [path, text] of readTemplateFiles('templates')) {
    if (path.endsWith('.hbs')) compiled.push(`${JSON.stringify(path)}:${Handlebars.precompile(text, compileOptions)}`);
    else files[path] = text;
  }
  return `export const files=${JSON.stringify(files)};\nexport const compiled={${compiled.join(',\n')}};\n`;
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
