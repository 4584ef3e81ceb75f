import { randomBytes } from 'node:crypto';
import { localEnv, settingsIn } from '../guardrails/secrets/local-env.ts';

/** Where a project keeps the settings of one computer. Git ignores it. */
export const localSettings = '.env';

/** The files to write: the plan's own, and the first settings of this computer with fresh secrets, which no plan holds. */
export function withLocalSettings(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const settings = files.get('src/guardrails/settings.ts');
  if (settings === undefined) return files;
  const secrets = localEnv(settingsIn(settings), (bytes) => randomBytes(bytes).toString('base64url'));
  const required = requiredExamples(settings, files.get('.env.example') ?? '');
  return new Map([...files, [localSettings, [secrets, ...required].join('\n')]]);
}

/** Settings without a usual value start with that of `.env.example`, so that the app starts at once. */
function requiredExamples(settings: string, example: string): string[] {
  const lines = settings.matchAll(/^ {2}(\w+): setting\((?!.*\.(?:default|optional)\()/gm);
  return [...lines].flatMap(([, name]) => new RegExp(`^# .*\\n${name}=.+\\n?`, 'm').exec(example)?.[0] ?? []);
}
