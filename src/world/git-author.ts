import { execFileSync } from 'node:child_process';
import { gitFor } from './git-inert.ts';

/** Who commits, as variables for git. */
export interface Author {
  readonly variables: Readonly<Record<string, string>>;
  /** False where git does not know a name and an address: then the commits are by create-shipshape. */
  readonly isKnown: boolean;
}

/** Reads who the user is from the environment and from every configuration that git has, which runs nothing. */
export function authorOf(root: string, now: Date | undefined, environment = process.env): Author {
  const name = environment['GIT_AUTHOR_NAME'] || configured(root, 'user.name', environment);
  const mail = environment['GIT_AUTHOR_EMAIL'] || configured(root, 'user.email', environment);
  const isKnown = name !== '' && mail !== '';
  const [who, where] = isKnown ? [name, mail] : ['create-shipshape', 'create-shipshape@localhost'];
  const date = now && `${Math.floor(now.getTime() / 1000)} +0000`;
  const variables = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, who],
      [`GIT_${role}_EMAIL`, where],
      ...(date ? [[`GIT_${role}_DATE`, date]] : []),
    ]),
  );
  return { variables, isKnown };
}

function configured(root: string, key: string, environment: NodeJS.ProcessEnv): string {
  const git = gitFor(root);
  if (git === undefined) return '';
  const redirects = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|CONFIG)$/;
  const env = Object.fromEntries(Object.entries(environment).filter(([name]) => !redirects.test(name)));
  try {
    const output = execFileSync(git, ['config', '--get', key], { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
    return output.toString().trim();
  } catch {
    return '';
  }
}
