// Collects every setting and names all that are missing or wrong at once, without ever showing a value.
import type { z } from 'zod';
import type { Setting } from '../setting.ts';
import { seal } from './seal.ts';
import { redactor } from './redact.ts';
import { chosenSources, findSecrets, type Chain } from './sources.ts';
import type { Environment } from './source.ts';

/** Setting name to what it is. */
export type Settings = Readonly<Record<string, Setting>>;

/** The checked values of settings. */
export type Config<All extends Settings> = { readonly [Name in keyof All]: z.output<All[Name]['schema']> };

/** Settings are missing or wrong. The message lists all of them and holds no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(problems: readonly string[]) {
    super(`the app cannot start, ${problems.length} of its settings need attention:\n${problems.join('\n')}`);
  }
}

/** Reads and checks all settings: plain ones from the environment, secrets from the chain of sources. */
export async function loadConfig<All extends Settings>(
  settings: All,
  environment: Environment,
  chain: Chain,
): Promise<{ config: Config<All>; redact: (text: string) => string }> {
  const secrets = Object.keys(settings).filter((name) => settings[name]?.kind === 'secret');
  const found = await findSecrets(secrets, chain, environment);
  const given = (name: string): string | undefined => {
    const value = secrets.includes(name) ? found.get(name)?.value : environment[name];
    return value === '' ? undefined : value;
  };

  const values = new Map<string, unknown>();
  const problems: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const result = setting.schema.safeParse(given(name));
    if (result.success) values.set(name, result.data);
    else
      problems.push(
        problem(name, setting, given(name) === undefined, result.error, where(setting, chain, environment)),
      );
  }
  if (problems.length > 0) throw new ConfigError(problems);

  const secretValues = new Map(secrets.map((name) => [name, given(name) ?? '']));
  return { config: seal(values, secrets) as Config<All>, redact: redactor(secretValues, environment) };
}

function where({ kind }: Setting, chain: Chain, environment: Environment): string {
  return kind === 'secret' ? chosenSources(chain, environment).join(', ') : 'the environment';
}

function problem(
  name: string,
  { kind, about }: Setting,
  missing: boolean,
  error: z.ZodError,
  lookedIn: string,
): string {
  const what = missing ? 'is missing' : `is wrong (${error.issues.map(({ message }) => message).join('; ')})`;
  const next = kind === 'secret' ? `npm run secrets:set -- ${name}` : `set ${name} in the environment, or in .env`;
  return `  ${name} ${what}: ${about}. Looked in: ${lookedIn}. Next: ${next}`;
}
