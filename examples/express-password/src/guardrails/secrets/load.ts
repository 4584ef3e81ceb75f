// Collects every setting and names all that are missing or wrong at once, without ever showing a value.
import type { z } from 'zod';
import type { Setting } from '../setting.ts';
import { redactor } from './redact.ts';
import { seal } from './seal.ts';
import type { Environment } from './source.ts';
import { type Chain, chosenSources, findSecrets, type Found } from './sources.ts';

/** Setting name to what it is. */
export type Settings = Readonly<Record<string, Setting>>;

/** The checked values of settings. */
export type Config<All extends Settings> = { readonly [Name in keyof All]: z.output<All[Name]['schema']> };

/** Settings are missing or wrong. The message lists all of them and holds no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(problems: readonly string[]) {
    super(`the app cannot start, because of its settings (src/guardrails/settings.ts):\n  ${problems.join('\n  ')}`);
  }
}

/** Reads and checks all settings: plain ones from the environment, secrets from the chain of sources. */
export async function loadConfig<All extends Settings>(
  settings: All,
  environment: Environment,
  chain: Chain,
): Promise<{ config: Config<All>; redact: (text: string) => string }> {
  const secrets = Object.keys(settings).filter((name) => settings[name]?.kind === 'secret');
  const problems: string[] = [];
  const found = await findSecrets(secrets, chain, environment).catch((error: Error) => {
    problems.push(error.message);
    return undefined;
  });

  const values = new Map<string, unknown>();
  for (const [name, setting] of Object.entries(settings)) {
    if (setting.kind === 'secret' && !found) continue; // a source failed, and has been named above
    const given = setting.kind === 'secret' ? found?.get(name)?.value : environment[name];
    const result = setting.schema.safeParse(given === '' ? undefined : given);
    if (result.success) values.set(name, result.data);
    else problems.push(`${name} ${given ? wrong(result.error) : 'is missing'}: ${setting.about}. ${advice(name)}`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { config: seal(values, secrets) as Config<All>, redact: redactor(texts(found), environment) };

  function advice(name: string): string {
    return secrets.includes(name)
      ? `Looked in: ${chosenSources(chain, environment).join(', ')}. Next: npm run secrets:set -- ${name}`
      : `Looked in: the environment. Next: set ${name} there, or in .env`;
  }
}

function wrong({ issues }: z.ZodError): string {
  return `is wrong (${issues.map(({ message }) => message).join('; ')})`;
}

function texts(found: Found | undefined): Map<string, string> {
  return new Map([...(found ?? [])].map(([name, { value }]) => [name, value]));
}
