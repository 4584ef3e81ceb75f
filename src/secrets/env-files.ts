/** One setting of an env file. */
export interface EnvEntry {
  readonly key: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

const envFile = /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|\.envrc|(?!example|sample)[\w-]+\.env)$/i;
const withoutValues =
  /\.(?:example|sample|template|tmpl|tpl|dist|defaults?|schema|vault|encrypted|age|gpg|enc|d\.ts)$|(?:example|sample|template)[\w.-]*$/i;

/** True for a file with settings of one place, such as `.env` or `.env.production`; false for samples and for encrypted files. */
export function isEnvFile(path: string): boolean {
  return envFile.test(path) && !withoutValues.test(path);
}

/** True for `.env.example` and its kin: the list of settings, without values. */
export function isEnvSample(path: string): boolean {
  return (
    /(?:^|\/)[\w.-]*env[\w.-]*$/i.test(path) &&
    /example|sample|template|dist|default|schema/i.test(path.slice(path.lastIndexOf('/') + 1))
  );
}

const entry = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\n#]*))/;

/** The settings of an env file. Values over several lines give their first line. */
export function envEntriesOf(text: string): EnvEntry[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const match = entry.exec(line);
    if (!match) return [];
    const [, key = '', double, single, tick, bare] = match;
    return [{ key, value: (double ?? single ?? tick ?? bare ?? '').trim(), line: index + 1 }];
  });
}
