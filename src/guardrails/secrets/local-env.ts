import type { Setting } from '../../flow/project.ts';

/** What the first `.env` needs to know of a setting. */
export type NamedSetting = Pick<Setting, 'name' | 'kind' | 'about'>;

/**
 * The text of the first `.env` of a laptop: a random value for each secret, so that the app starts at once. It is written
 * beside the plan and never committed. `random` gives that many random bytes as text.
 */
export function localEnv(settings: readonly NamedSetting[], random: (bytes: number) => string): string {
  const secrets = settings.filter(({ kind }) => kind === 'secret');
  return [
    '# The settings of this computer. Git ignores this file; all names are in .env.example.',
    '',
    '# What this run is for. Without it the app takes itself for production.',
    'NODE_ENV=development',
    '',
    '# Secrets for development come from this file only; production has its own (docs/secrets.md).',
    'SECRET_SOURCES=env',
    ...secrets.flatMap(({ name, about }) => ['', `# ${about}`, `${name}=${random(32)}`]),
    '',
  ].join('\n');
}

/** The settings that the text of a project's `settings.ts` lists. */
export function settingsIn(text: string): NamedSetting[] {
  const entries = text.matchAll(/^ {2}(\w+): (setting|secret)\(.*, '((?:[^'\\]|\\.)*)'\),$/gm);
  return [...entries].map(([, name = '', kind, about = '']) => ({
    name,
    kind: kind === 'secret' ? 'secret' : 'setting',
    about: about.replaceAll("\\'", "'"),
  }));
}
