import { isClientFile } from '../repository/client-files.ts';
import type { Place } from '../repository/place.ts';
import { fact, type Repository } from '../repository/repository.ts';

/** One place that reads the environment. */
export interface EnvironmentRead {
  /** The name of the variable; undefined where the whole environment is taken. */
  readonly key: string | undefined;
  readonly place: Place;
  readonly line: string;
}

const read =
  /\bprocess\s*(?:\?\.|\.)\s*env\b(?:\s*(?:\?\.|\.)\s*([A-Za-z_]\w*)|\s*(?:\?\.)?\[\s*['"`](\w+)['"`]\s*\])?|\b(?:Bun|Deno)\.env(?:\.get\(\s*['"`](\w+)['"`]|\.([A-Z_]\w*))/g;
/** `const { PORT, HOST: host } = process.env`. */
const destructured = /\{([^{}]{1,1000})\}\s*=\s*process\.env\b/g;

/** Set by what starts the program, or known to every reader: no setting of this project. */
export const notSettings =
  /^(?:NODE_ENV|CI|PWD|HOME|PATH|TZ|npm_\w+|VERCEL\w*|NETLIFY\w*|RENDER\w*|GITHUB_\w+|JEST_\w+|VITEST\w*|TEST|DEBUG|FORCE_COLOR|NO_COLOR|USER|SHELL|TEMP|TMPDIR|APPDATA|LANG|NEXT_RUNTIME|NODE_OPTIONS|AWS_LAMBDA_\w+|LAMBDA_TASK_ROOT)$/;

/** Places where the code of the server reads the environment, by path and line. Tests, build settings and code for the browser are left out. */
export const environmentReads = fact((repository: Repository): readonly EnvironmentRead[] =>
  repository.files.flatMap(({ path, role }) => {
    if (role !== 'source' || /(?:^|\/)(?:scripts?|tools|bin|migrations?|seeds?|examples?|\.\w[\w-]*)\//.test(path))
      return [];
    const text = repository.read(path);
    if (!text || !/\.env\b/.test(text) || isClientFile(repository, path)) return [];
    return readsIn(path, text);
  }),
);

function readsIn(path: string, text: string): EnvironmentRead[] {
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*(?:\/\/|\*|\/\*|#)/.test(line)) return [];
    const place = { path, line: index + 1 };
    const found = [...line.matchAll(read)].map((match) => ({
      key: match[1] ?? match[2] ?? match[3] ?? match[4],
      place,
      line: line.trim(),
    }));
    const names = [...line.matchAll(destructured)].flatMap(([, list = '']) =>
      list.split(',').map((name) => name.trim().replace(/\s*[:=].*$/, '')),
    );
    const keys = names.filter((name) => /^\w+$/.test(name)).map((key) => ({ key, place, line: line.trim() }));
    return keys.length > 0 ? [...found.filter(({ key }) => key !== undefined), ...keys] : found;
  });
}

/** True for the files whose job it is to read the environment. */
export function isConfigModule(path: string): boolean {
  return /(?:^|\/)(?:config|configs|configuration|env|environment|environments|settings|conf)(?:\/|[\w.-]*\.[cm]?[jt]s$)|[\w-]*[.-](?:config|env|settings|environment)\.[cm]?[jt]s$|(?:^|\/)[\w-]*(?:Config|Env|Settings)\.[cm]?[jt]s$/.test(
    path,
  );
}
