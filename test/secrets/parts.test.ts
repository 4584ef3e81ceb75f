import { describe, expect, test } from 'vitest';
import { envEntriesOf, isEnvFile, isEnvSample } from '../../src/secrets/env-files.ts';
import { isIgnoredBy } from '../../src/secrets/ignore-rules.ts';
import { nameKindOf } from '../../src/secrets/names.ts';
import { stretchesIn } from '../../src/secrets/long-runs.ts';
import { letters } from './made-up.ts';

describe('what a name says', () => {
  test.each([
    [
      'signing',
      'JWT_SECRET jwtSecret session.secret SECRET_KEY cookieSecret ENCRYPTION_KEY NEXTAUTH_SECRET TOKEN_SECRET refreshTokenSecret',
    ],
    ['password', 'password DB_PASSWORD dbPass adminPwd smtp_pass SMTP_PASS userPassword passphrase PASSWORD_DEFAULT'],
    [
      'issued',
      'apiKey OPENAI_API_KEY accessToken clientSecret CLAUDE_KEY BOT_TOKEN secretAccessKey discordToken STRIPE_SECRET_KEY_LIVE X-Api-Key',
    ],
    [
      undefined,
      'publicKey primaryKey cacheKey csrfToken resetPassword forgotPassword maxTokens passwordHash tokenType secretName bypass compass keyboard monkey PUBLISHABLE_KEY SUPABASE_ANON_KEY author',
    ],
  ])('%s', (kind, names) => {
    expect(names.split(' ').filter((name) => nameKindOf(name) !== kind)).toEqual([]);
  });
});

describe('lines of an ignore file', () => {
  test.each([
    ['.env', '.env', true],
    ['.env*', '.env.production', true],
    ['.env*\n!.env.example', '.env.example', false],
    ['*.local', 'app/.env.local', true],
    ['/.env', 'app/.env', false],
    ['app/.env', 'app/.env', true],
    ['**/.env', 'a/b/.env', true],
    ['secrets/', 'secrets/.env', true],
    ['# .env', '.env', false],
    ['*', '.env', true],
    ['*.en?', 'a.env', true],
    ['.[ab]nv', '.env', false],
    ['.env ', '.env', true],
  ])('%j and %s', (lines, path, ignored) => {
    expect(isIgnoredBy(lines, path)).toBe(ignored);
  });
});

describe('env files', () => {
  test.each(['.env', '.env.production', 'app/.env.local', 'prod.env', '.envrc'])('%s holds values', (path) => {
    expect(isEnvFile(path)).toBe(true);
  });

  test.each(['.env.example', '.env.sample', 'Example.env', '.env.vault', '.env.encrypted', 'src/env.ts'])(
    '%s does not',
    (path) => {
      expect(isEnvFile(path)).toBe(false);
    },
  );

  test('a sample is known by its name', () => {
    expect(['.env.example', 'env.sample', '.env.template', '.env', 'src/env.ts'].map(isEnvSample)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('settings are read as dotenv reads them', () => {
    expect(envEntriesOf('# a\nA=1\nexport B="two words" # why\n\nC=\'x\'\nnot one\nD=')).toEqual([
      { key: 'A', value: '1', line: 2 },
      { key: 'B', value: 'two words', line: 3 },
      { key: 'C', value: 'x', line: 5 },
      { key: 'D', value: '', line: 7 },
    ]);
  });
});

test('long runs are found wherever they stand, and only those with a digit', () => {
  const token = `${letters('run', 30)}1`;
  for (let offset = 0; offset < 40; offset++) {
    const text = `${' '.repeat(offset)}${token} and_a_long_name_without_any_number`;
    const [stretch, ...others] = stretchesIn(text, /^never/, () => true);
    expect(others).toEqual([]);
    expect(stretch && text.slice(stretch.start, stretch.end)).toContain(token);
  }
});
