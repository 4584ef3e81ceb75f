// Gives every test run random secrets that are thrown away afterwards: no real secret is needed to run the tests.
import { randomBytes } from 'node:crypto';
import { settings } from '../src/guardrails/settings.ts';
import type { Setting } from '../src/guardrails/setting.ts';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

const examples = parseEnv(readFileSync('.env.example', 'utf8'));

for (const [name, setting] of Object.entries<Setting>(settings)) {
  if (setting.kind === 'secret') process.env[name] = throwAway(name, setting);
  else if (!setting.schema.safeParse(undefined).success) process.env[name] ??= examples[name];
}
Object.assign(process.env, { NODE_ENV: 'test', SECRET_SOURCES: 'env', PORT: '0', DATABASE_FILE: ':memory:' });

/** The first random text that the rule of this secret accepts. */
function throwAway(name: string, { schema }: Setting): string {
  const random = randomBytes(32);
  const candidates = [
    random.toString('base64url'),
    random.toString('hex'),
    `https://user:${random.toString('hex')}@127.0.0.1/`,
  ];
  const value = candidates.find((candidate) => schema.safeParse(candidate).success);
  if (value === undefined)
    throw new Error(`test/setup-env.ts cannot make up a value for ${name}: add one to candidates`);
  return value;
}
