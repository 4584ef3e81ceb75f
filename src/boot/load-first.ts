import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Programs that teach `require` to read TypeScript and the like. With `--import`, Node 20 reads the first file without asking them. */
const teachesRequire =
  /\bts-node|\btsnd\b|@babel\/(?:register|node)|\bbabel-node\b|(?:esbuild|sucrase|@swc-node)[-/]register|@swc\/register|\bnodemon [^"]*\.ts\b/;

/** `NODE_OPTIONS` that load the bundled preload, `boot-preload.mjs`, before an app; its twin `.cjs` for apps in CommonJS that need it so. */
export function loadingFirst(preload: string, folder: string): string {
  const manifest = textAt(join(folder, 'package.json'));
  const asRequired =
    !/"type"\s*:\s*"module"/.test(manifest) && teachesRequire.test(manifest + textAt(join(folder, 'nodemon.json')));
  return asRequired
    ? `--require ${JSON.stringify(preload.replace(/\.mjs$/, '.cjs'))}`
    : `--import ${pathToFileURL(preload).href}`;
}

function textAt(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
