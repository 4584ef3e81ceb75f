import { createHash } from 'node:crypto';
import type { Repository } from '../repository/repository.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The names of all settings that the code or the example files of a project mention. */
export function settingNames(repository: Repository): string[] {
  const names = new Set<string>();
  for (const { path, role } of repository.files) {
    const isExample = /(?:^|\/)\.env\.[\w.-]+$/.test(path);
    if (role !== 'source' && role !== 'config' && !isExample) continue;
    const text = repository.read(path) ?? '';
    const pattern = isExample ? /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)\s*=/gm : readOfSetting;
    for (const match of text.matchAll(pattern)) names.add(match[1] ?? match[2] ?? '');
    if (!isExample && /process\.env|loadEnv|dotenv/.test(text))
      for (const [, list = ''] of text.matchAll(/(?:const|let|var)\s*\{([^}]*)\}\s*=\s*process\.env/g))
        for (const name of list.split(',')) names.add((name.split(/[:=]/)[0] ?? '').trim());
    if (!isExample && schemaOfSettings.test(text))
      for (const match of text.matchAll(nameInSchema)) names.add(match[1] ?? match[2] ?? '');
  }
  names.delete('');
  return [...names].filter((name) => !leftAlone.test(name)).toSorted();
}

const readOfSetting =
  /(?:process\.env|\.parsed|env)\??\.([A-Z][A-Z0-9_]{2,})|process\.env\[\s*['"`]([A-Z][A-Z0-9_]+)['"`]/g;

/** Libraries in whose schemas a setting is a key: `DATABASE_URL: Joi.string()`, `config.get('DATABASE_URL')`. */
const schemaOfSettings = /\b(?:[Jj]oi|zod|envalid|ConfigService|ConfigModule|convict|env-var)\b/;
const nameInSchema =
  /^\s*([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\s*:|\.get(?:OrThrow)?(?:<[^>]*>)?\(\s*['"`]([A-Z][A-Z0-9_]+)['"`]/gm;

/** Settings of the machine, and switches: a made-up value would turn something on. */
const leftAlone =
  /^(?:NODE_ENV|NODE_OPTIONS|OTEL_.*|NODE_PATH|PATH|HOME|USER|CI|TZ|LANG|PWD|npm_.*|DEBUG|VERBOSE|(?:ENABLE|DISABLE|SKIP|USE|IS|NO|FORCE)_.*|VERCEL.*|HOSTNAME)$/;

/** A value that fits a name and opens nothing; undefined where any value would be a guess. Real values are never used. */
export function dummyFor(name: string): string | undefined {
  if (/(?:^|_)PORT$/.test(name)) return '3000';
  if (/^(?:HOST|BIND|ADDRESS)$/.test(name)) return '127.0.0.1';
  if (/(?:UR[IL]|ENDPOINT|ORIGIN|ISSUER|DSN|CONNECTION_STRING)S?$|^DATABASE$/.test(name)) return dummyAddress(name);
  if (name.endsWith('HOST')) return '127.0.0.1';
  if (/MAIL|USERNAME/.test(name)) return 'dummy@example.invalid';
  const isSecret = /(?:SECRET|TOKEN|PASS|PASSWORD|PASSWD|PWD|KEY|SALT|PEPPER|CREDENTIALS?|SIGNATURE)(?:_\d+)?$/.test(
    name,
  );
  if (isSecret) return `dummy-${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
  return /(?:USER|NAME|_ID|MODEL|REGION|BUCKET|TENANT)$/.test(name) ? 'dummy' : undefined;
}

/** An address at which nobody listens. */
function dummyAddress(name: string): string {
  if (/MONGO/.test(name)) return 'mongodb://127.0.0.1:9/dummy';
  if (/REDIS/.test(name)) return 'redis://127.0.0.1:9';
  if (/MYSQL|MARIA/.test(name)) return 'mysql://dummy:dummy@127.0.0.1:9/dummy';
  return /DATABASE|POSTGRES|PG|DB|DSN|CONNECTION/.test(name)
    ? 'postgres://dummy:dummy@127.0.0.1:9/dummy'
    : 'http://127.0.0.1:9';
}

/** What somebody would copy to `.env`: the example of a folder, its empty values filled with dummies. */
export function exampleSettings(repository: Repository, folder: string): string | undefined {
  const inside = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const path = ['.env.example', '.env.sample', '.env.template'].map(inside).find((name) => repository.file(name));
  return (path === undefined ? undefined : repository.read(path))
    ?.split('\n')
    .map((line) => {
      const [, name, value] = /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      const isEmpty = value !== undefined && /^["']?(?:<.*>|your[-_ ].*|x{3,}|\.{3}|change-?me.*)?["']?$/i.test(value);
      const dummy = name !== undefined && isEmpty ? dummyFor(name) : undefined;
      return dummy === undefined ? line : `${name}=${dummy}`;
    })
    .join('\n');
}

/** The environment of a booted app: what a shell has, a home of its own, and dummies for its settings. */
export function environmentFor(outer: Environment, home: string, names: readonly string[]): Record<string, string> {
  const kept = ['PATH', 'Path', 'SystemRoot', 'ComSpec', 'PATHEXT', 'LANG', 'LC_ALL', 'TZ'];
  return {
    ...Object.fromEntries(kept.flatMap((name) => (outer[name] === undefined ? [] : [[name, outer[name]]]))),
    ...dummiesFor(names),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: home,
    BROWSER: 'none',
    NO_UPDATE_NOTIFIER: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    npm_config_ignore_scripts: 'true',
    npm_config_update_notifier: 'false',
  };
}

function dummiesFor(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const dummy = dummyFor(name);
      return dummy === undefined ? [] : [[name, dummy]];
    }),
  );
}
