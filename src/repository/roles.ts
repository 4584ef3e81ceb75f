import { isCode } from '../code/parse.ts';
import type { FileRole } from './repository.ts';

/** Folders that hold what was installed, built or checked out: nobody edits them. */
const skippedFolder =
  /(?:^|\/)(?:node_modules|\.git|\.hg|\.svn|bower_components|jspm_packages|\.next|\.nuxt|\.output|\.svelte-kit|\.turbo|\.vercel|\.cache|\.parcel-cache|coverage|\.nyc_output|__pycache__|\.venv|\.pnpm-store|\.yarn\/(?:cache|unplugged|releases|plugins|sdks))$/;

const vendored =
  /(?:\.min\.[cm]?js$|(?:^|\/)(?:dist|build|out|vendors?|third[-_]party|bower_components)\/|(?:^|\/)(?:public|static|assets|wwwroot)\/(?:.*\/)?(?:vendor|libs?|plugins)\/|(?:^|\/)components\/ui\/|\.(?:bundle|generated|gen)\.[cm]?[jt]sx?$|(?:^|\/)(?:jquery|bootstrap|popper)[\w.-]*\.js$|\.pnp\.[cm]?js$)/i;
const fixture = /(?:^|\/)(?:fixtures?|__fixtures__|__snapshots__|__mocks__|testdata|test-data)\//;
const test =
  /(?:(?:^|\/)(?:tests?|__tests__|spec|specs|e2e|cypress)\/|\.(?:test|spec|e2e|cy)\.[cm]?[jt]sx?$|(?:^|\/)(?:test|setupTests)\.[cm]?[jt]sx?$)/;
const config =
  /(?:^|\/)(?:[\w.-]+\.(?:config|conf|setup)\.[cm]?[jt]s|\.[\w-]+rc\.[cm]?js|gulpfile\.js|Gruntfile\.js|webpack[\w.-]*\.js|karma\.conf\.js|plopfile\.[cm]?[jt]s)$/;

export function isSkippedFolder(path: string): boolean {
  return skippedFolder.test(path);
}

/** True for a file in a folder that is left out, at any height. */
export function isBelowSkippedFolder(path: string): boolean {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    if (isSkippedFolder(path.slice(0, end))) return true;
  }
  return false;
}

/** What a file is for, from its path. */
export function roleOf(path: string): FileRole {
  if (fixture.test(path)) return 'fixture';
  if (!isCode(path)) return 'text';
  if (vendored.test(path)) return 'vendored';
  if (test.test(path)) return 'test';
  return config.test(path) ? 'config' : 'source';
}
