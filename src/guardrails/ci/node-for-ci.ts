import type { App } from '../../repository/apps.ts';
import { nodeVersionsOf, type NodeVersion } from '../../repository/node-versions.ts';
import type { Repository } from '../../repository/repository.ts';
import { allows } from '../../repository/version-ranges.ts';

/** Which Node.js a pipeline takes: the one that a file of the project names, or a version. */
export type NodeForCi = { readonly file: string } | { readonly version: string };

/** Long-term support until April 2027, for projects that say nothing. */
const usual = '22';
/** The guards read `.env` by what came with this version. */
export const oldestForGuards = 'Node.js 20.12';

/** What the project says, where the guards run on it. */
export function nodeForCi(repository: Repository, app: App): NodeForCi {
  const near = nodeVersionsOf(repository).filter(({ where: { path } }) => isNear(path, app.root));
  const named = near.find(
    ({ where, text }) => /\.(?:nvmrc|node-version|tool-versions)$/.test(where.path) && runsGuards(text),
  );
  if (named) return { file: named.where.path };
  const manifest = near.find(({ where, text }) => where.path.endsWith('package.json') && runsGuards(text));
  if (manifest) return { file: manifest.where.path };
  const image = near.find(({ where, text }) => /Dockerfile/.test(where.path) && runsGuards(text));
  return { version: /^\d+(?:\.\d+)*/.exec(image?.text ?? '')?.[0] ?? usual };
}

/** A place that names nothing but versions on which the guards do not run. */
export function tooOld(repository: Repository, app: App): NodeVersion | undefined {
  return nodeVersionsOf(repository).find(
    ({ where: { path }, text }) => isNear(path, app.root) && !path.startsWith('.github/') && !runsGuards(text),
  );
}

/** Whether a version, a range or a name such as `lts/*` stands for one that is new enough. */
export function runsGuards(text: string): boolean {
  const major = /^v?(\d+)(?:\.(?:x|\*|\d+))*(?:-.*)?$/.exec(text.trim())?.[1];
  if (major !== undefined) return Number(major) >= 20;
  return ['20.19.0', '22.20.0', '24.10.0', '26.0.0'].some((version) => allows(text, version) !== false);
}

function isNear(path: string, root: string): boolean {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  return folder === '' || folder === root;
}
