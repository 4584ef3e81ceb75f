// Gives the app what it needs to start where nothing is set, such as in CI: values that open nothing anywhere.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { signInSettings } from './sign-in.mjs';

/** Settings for one run: what is set stays; what is missing and needed is made up. */
export async function settingsFor(folder, scratch) {
  const set = { ...readSettings(join(folder, '.env')), ...process.env };
  const examples = readSettings(join(folder, '.env.example'));
  const made = {};
  for (const [name, value] of Object.entries(examples))
    if (set[name] === undefined) made[name] = value || (isSecret(name) ? madeUp() : undefined);
  for (const [name, { read }] of Object.entries(await guardSettings(folder)))
    if (!accepts(read, set[name] ?? made[name])) made[name] = madeUp();
  const known = Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined));
  // The files of the guards that are read here want the same settings.
  Object.assign(process.env, known);
  return {
    ...known,
    AUTH_MODE: 'enforce',
    LOG_LEVEL: 'error',
    RATE_LIMIT: '1000000',
    ...(await signInSettings(folder, scratch)),
  };
}

/** Names in .env.example that have no value here. */
export function missingSettings(folder) {
  const set = { ...readSettings(join(folder, '.env')), ...process.env };
  return Object.keys(readSettings(join(folder, '.env.example'))).filter((name) => !set[name]);
}

async function guardSettings(folder) {
  if (!existsSync(join(folder, 'guardrails/settings.cjs'))) return {};
  return (await import('../settings.cjs')).settings;
}

function readSettings(path) {
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}

function accepts(read, value) {
  try {
    read(value || undefined);
    return true;
  } catch {
    return false;
  }
}

function isSecret(name) {
  return /(?:SECRET|TOKEN|PASS|PASSWORD|KEY|SALT)(?:_\d+)?$/.test(name);
}

function madeUp() {
  return `made-up-for-tests-${randomBytes(24).toString('hex')}`;
}
