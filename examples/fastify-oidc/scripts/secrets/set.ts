// Puts one secret where the app finds it: npm run secrets:set -- NAME [--to SOURCE] [--generate]
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Setting } from '../../src/guardrails/setting.ts';
import { settings } from '../../src/guardrails/settings.ts';
import { environment } from './environment.ts';
import { askHidden } from './prompt.ts';
import { openWriter, writable } from './writers.ts';

try {
  console.log(await setSecret(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function setSecret(args: string[]): Promise<string> {
  const options = { to: { type: 'string' }, generate: { type: 'boolean' } } as const;
  const { values: flags, positionals } = parseArgs({ args, options, allowPositionals: true });
  const name = nameFrom(positionals);
  const places = writable();
  const to = flags.to ?? places[0];
  if (to === undefined || !places.includes(to))
    throw new Error(
      `There is no place "${to ?? ''}" to write to. Next: add --to with one of: ${places.join(', ') || 'none'}`,
    );

  const value = flags.generate ? randomBytes(32).toString('base64url') : await askHidden(`Value of ${name} (hidden): `);
  check(name, value);
  const writer = await openWriter(to);
  const others = places.filter((place) => place !== to);
  const hint = others.length > 0 ? `\nOther places: add --to ${others.join(' or --to ')}` : '';
  return `${name}: ${await writer.write(name, value, environment)}${hint}`;
}

/** Exactly one name that settings.ts declares as a secret. A value is never taken from the command line. */
function nameFrom(positionals: readonly string[]): string {
  const [name = '', ...more] = positionals;
  const known = Object.entries<Setting>(settings).filter(([, { kind }]) => kind === 'secret');
  const names = known.map(([secret]) => secret);
  if (more.length > 0 || name.includes('='))
    throw new Error('A value on the command line stays in its history: type the name only, and the value when asked.');
  if (!names.includes(name))
    throw new Error(
      `"${name}" is no secret of src/guardrails/settings.ts. Secrets there: ${names.join(', ') || 'none'}`,
    );
  return name;
}

function check(name: string, value: string): void {
  const setting = (settings as Readonly<Record<string, Setting>>)[name];
  const result = setting?.schema.safeParse(value);
  if (value !== '' && result?.success !== false) return;
  const why = result?.error?.issues.map(({ message }) => message).join('; ') ?? 'it is empty';
  throw new Error(`Not written, the value does not fit ${name}: ${why}`);
}
