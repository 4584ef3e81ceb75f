// Shows that the app cannot start on missing or wrong settings, and that no secret has a built-in value.
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { secret, setting, type Setting } from '../../src/guardrails/setting.ts';
import { settings } from '../../src/guardrails/settings.ts';
import { loadConfig } from '../../src/guardrails/secrets/load.ts';
import { SourceError } from '../../src/guardrails/secrets/source.ts';

const all = Object.entries<Setting>(settings);
const secretNames = all.filter(([, { kind }]) => kind === 'secret').map(([name]) => name);
const fromEnvironment = { env: () => import('../../src/guardrails/secrets/env.ts') };
const looksSecret = /(SECRET|PASSWORD|TOKEN|CREDENTIALS?|_KEY)$/;

const sample = {
  PORT: setting(z.coerce.number().int().max(65535).default(3000), 'the port'),
  SHORT: secret(z.string().min(12), 'a secret'),
  OTHER: secret(z.string(), 'another secret'),
};

test('every missing or wrong setting is named at once, without its value', async () => {
  const start = loadConfig(sample, { PORT: '99999', SHORT: 'toofew' }, fromEnvironment);
  await expect(start).rejects.toThrow(
    /PORT is wrong[^]*SHORT is wrong[^]*OTHER is missing[^]*Looked in: env\. Next: npm run/,
  );
  await expect(start).rejects.not.toThrow(/toofew|99999/);
});

test('a source that cannot be asked stops the start, and the other settings are named too', async () => {
  const broken = {
    fetch: () => Promise.reject(new SourceError('vault', 'does not answer.', 'check it')),
    name: 'vault',
  };
  const chain = { vault: async () => ({ open: () => broken }), ...fromEnvironment };
  const given = { PORT: '99999', SHORT: 'opensesame-1', OTHER: 'abracadabra' };
  await expect(loadConfig(sample, given, chain)).rejects.toThrow(
    /vault: does not answer\. Next: check it\n {2}PORT is wrong/,
  );
  const { config } = await loadConfig(sample, { ...given, PORT: '1', SECRET_SOURCES: 'env' }, chain);
  expect(config.OTHER).toBe('abracadabra');
  await expect(loadConfig(sample, { SECRET_SOURCES: 'nowhere' }, chain)).rejects.toThrow(/nowhere: is not a source/);
});

test('an empty text counts as missing', async () => {
  await expect(loadConfig(sample, { SHORT: '', OTHER: '' }, fromEnvironment)).rejects.toThrow(/SHORT is missing/);
});

test('without any secret the app names all of them and does not start', async () => {
  const error = await loadConfig(settings, {}, fromEnvironment).then(() => undefined, String);
  if (secretNames.length > 0) expect(error).toBeDefined();
  for (const name of secretNames) expect(error).toContain(`${name} is missing`);
});

test('no secret has a built-in value, and what looks like a secret is declared as one', () => {
  for (const [name, { kind, schema }] of all) {
    if (looksSecret.test(name)) expect(kind, `${name} must be a secret(...)`).toBe('secret');
    if (kind === 'secret') expect(schema.safeParse(undefined).success, `${name} has a default`).toBe(false);
  }
});

test('a secret with a default is refused by the compiler, and at start where the compiler was talked into it', () => {
  const guessed = z.string().default('guessed');
  type IsRefused = typeof guessed extends Parameters<typeof secret>[0] ? false : true;
  const isRefused: IsRefused = true;
  expect(isRefused).toBe(true);
  expect(() => secret(guessed as unknown as z.ZodString, 'a bad one')).toThrow(/no default/);
});

test('settings are frozen, and printing or copying them shows no value', async () => {
  const { config } = await loadConfig(
    sample,
    { PORT: '4711', SHORT: 'opensesame-1', OTHER: 'abracadabra' },
    fromEnvironment,
  );
  expect(config.PORT).toBe(4711);
  expect(config.SHORT).toBe('opensesame-1');
  expect(() => Object.assign(config, { PORT: 1 })).toThrow(TypeError);
  const printed = [JSON.stringify(config), inspect(config, { showHidden: true }), String(config)].join();
  expect(printed).toContain('SHORT');
  expect(printed).not.toMatch(/4711|opensesame|abracadabra/);
  expect(JSON.stringify({ ...config })).not.toMatch(/opensesame|abracadabra/);
});

test('redact hides secrets as text, in JSON, in a URL and in base64', async () => {
  const value = 'open "sesame" & more';
  const { redact } = await loadConfig(sample, { SHORT: value, OTHER: 'abracadabra' }, fromEnvironment);
  const spelled = [value, JSON.stringify({ value }), encodeURIComponent(value), Buffer.from(value).toString('base64')];
  for (const text of spelled) expect(redact(`before ${text} after`)).toMatch(/^before .*\[SHORT\].* after$/);
});

test('.env.example names the same settings and holds no secret', () => {
  const lines = readFileSync('.env.example', 'utf8').matchAll(/^(?:# ?)?([A-Z][A-Z0-9_]*)=(.*)$/gm);
  const examples = new Map([...lines].map(([, name = '', value = '']) => [name, value]));
  expect([...examples.keys()].toSorted()).toEqual(all.map(([name]) => name).toSorted());
  for (const name of secretNames) expect(examples.get(name), `${name} in .env.example`).toBe('');
});
