// The only place where the guards read the environment: everything is checked here once, before the app starts.
import './environment.ts';
import { redactor } from './secrets/redact.ts';
import { settings } from './settings.ts';

type Config = { readonly [Name in keyof typeof settings]: ReturnType<(typeof settings)[Name]['read']> };

const problems: string[] = [];
const values = Object.fromEntries(Object.keys(settings).map((name) => [name, valueOf(name as keyof typeof settings)]));
if (problems.length > 0)
  throw new Error(`the app cannot start, because of its settings (guardrails/settings):\n  ${problems.join('\n  ')}`);

/** Every setting, checked and frozen. */
export const config = Object.freeze(values) as Config;

/** The same text with the value of every secret replaced by its name. */
export const redact = redactor(secretsIn(values), process.env);

function valueOf(name: keyof typeof settings): unknown {
  const { read, about } = settings[name];
  try {
    return read(process.env[name] || undefined);
  } catch (error) {
    problems.push(`${name} ${(error as Error).message}: ${about}. Set it in the environment, or in .env`);
    return undefined;
  }
}

function secretsIn(all: Readonly<Record<string, unknown>>): Map<string, string> {
  const kinds: Readonly<Record<string, { readonly kind: string }>> = settings;
  const secrets = Object.entries(all).filter(([name, value]) => kinds[name]?.kind === 'secret' && value);
  return new Map(secrets.map(([name, value]) => [name, String(value)]));
}
