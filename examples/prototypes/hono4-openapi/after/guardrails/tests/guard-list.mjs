// Knows which files guard this project, and takes their fingerprints: whoever changes one is noticed.
import { createHash } from 'node:crypto';

/** Where the fingerprints are kept, from the folder of the app. */
export const guardListPath = 'guardrails/guard-files.json';

const unguarded = /guardrails\/(?:guard-files|tests\/recorded)\.json$/;
const text = /\.(?:[cm]?[jt]s|json|ya?ml|md)$/;

/** Whether a file, from the top of the repository, guards; `app` is the folder of the app, such as 'api/', or ''. */
export function isGuardFile(path, app) {
  if (path.startsWith(`${app}guardrails/`)) return text.test(path) && !unguarded.test(path);
  if (path === `${app}package.json` || path === `${app}Dockerfile` || path === 'shipshape.json') return true;
  return /^\.github\/workflows\/|^\.gitlab-ci\.yml$|^(?:\.github\/|\.gitlab\/|docs\/)?CODEOWNERS$/.test(path);
}

/** Path to fingerprint of every guard file among these paths. Line ends do not count, and of package.json only its scripts do. */
export function fingerprints(paths, app, read) {
  const guarded = paths.filter((path) => isGuardFile(path, app)).toSorted((one, other) => (one < other ? -1 : 1));
  return Object.fromEntries(guarded.map((path) => [path, fingerprint(path, read(path))]));
}

/** The text of the list. */
export function guardList(files) {
  const about =
    'Fingerprints of the files that guard this project. guard:update writes them anew; their owners read that.';
  return `${JSON.stringify({ about, files }, null, 2)}\n`;
}

/** The fingerprints in a list; none where there is no list. */
export function listedIn(list) {
  return list === undefined ? {} : JSON.parse(list).files;
}

/** What differs, in words. */
export function differences(before, after) {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (path) => before[path] !== after[path],
  );
  return paths.map((path) => `${path in before ? (path in after ? 'changed' : 'removed') : 'added  '}  ${path}`);
}

function fingerprint(path, content) {
  const plain = content.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  return createHash('sha256')
    .update(path.endsWith('package.json') ? scriptsIn(plain) : plain)
    .digest('hex');
}

/** npm takes nothing but plain JSON; where somebody has written more, every change counts. */
function scriptsIn(manifest) {
  try {
    const { scripts = {} } = JSON.parse(manifest);
    return JSON.stringify(Object.entries(scripts).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  } catch {
    return manifest;
  }
}
