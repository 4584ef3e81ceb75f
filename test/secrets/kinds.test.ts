import { describe, expect, test } from 'vitest';
import { secretsIn } from '../../src/secrets/secrets-in.ts';
import { repositoryOf } from '../support/repository.ts';
import { placesIn } from './found.ts';
import { letters, madeUp, pem } from './made-up.ts';

const random = letters('random', 32);
const password = `${letters('password', 9)}7!`;

describe.each(Object.entries(madeUp))('%s', (name, value) => {
  test.each(['src/a.js', 'config/a.yaml', 'notes.txt', 'README.md', 'test/a.test.ts'])(
    'is found in %s',
    async (path) => {
      const text =
        path.endsWith('.js') || path.endsWith('.ts') ? `\nexport const it = \`${value}\`;\n` : `\nit: ${value}\n`;
      // The token that a manual shows belongs to its author, and ran out long ago.
      const expected = name === 'signed token' && /README|txt/.test(path) ? [] : [`${path}:2`];
      expect(await placesIn({ [path]: text })).toEqual(expected);
    },
  );
});

describe('what a program uses as a secret is one, whatever it says', () => {
  test.each([
    [
      'a session secret',
      `import session from 'express-session';\nexport default session({ secret: 'some words here' });`,
    ],
    [
      'the second argument of jwt.sign',
      `import jwt from 'jsonwebtoken';\nexport const t = (u) => jwt.sign({ u }, 'shh');`,
    ],
    ['a fallback', `export const a = 1;\nexport const s = process.env.JWT_SECRET || 'your-secret-key';`],
    ['a fallback in a destructuring', `export const a = 1;\nconst { SESSION_SECRET = 'oreo' } = process.env;`],
    ['a fallback behind a question', `const e = process.env;\nexport const s = e.JWT_SECRET ? e.JWT_SECRET : 'dev';`],
    [
      'a default of a schema',
      `import { z } from 'zod';\nexport const s = z.object({ JWT_SECRET: z.string().default('abc') });`,
    ],
    ['a default of a reader', `import { env } from './env';\nexport const s = env.get('COOKIE_SECRET', 'biscuit');`],
    [
      'the third argument of Sequelize',
      `import Sequelize from 'sequelize';\nexport default new Sequelize('a', 'b', 'qwerty');`,
    ],
    [
      'a key of a cipher',
      `import { createCipheriv } from 'node:crypto';\ncreateCipheriv('aes-256-cbc', 'thirty-two letters of no chance!', iv);`,
    ],
    [
      'a password of a connection',
      `import mysql from 'mysql2';\nmysql.createConnection({ host: 'db', user: 'root', password: 'root' });`,
    ],
    [
      'an account that is there from the start',
      `export const a = 1;\nexport const users = [{ username: 'admin', password: 'admin' }];`,
    ],
    ['a comparison', `export const check = (password) =>\n  password === 'letmein1';`],
    ['a password that is hashed', `import bcrypt from 'bcrypt';\nexport const hash = bcrypt.hashSync('demo1234', 10);`],
    ['a row in SQL', `export const sql =\n  "INSERT INTO users (name, password) VALUES ('root', 'hunter22')";`],
    ['an environment read that was quoted', `export const a = 1;\nconst SECRET = 'process.env.JWT_SECRET';`],
  ])('%s', async (_, text) => {
    expect(await placesIn({ 'src/app.ts': text })).toEqual(['src/app.ts:2']);
  });
});

describe('keys that hide', () => {
  test.each([
    ['joined by +', `export const a = 1;\nconst stripeSecretKey = 'sk_live_' + '${random}';`],
    ['joined by join', `export const a = 1;\nconst stripeSecretKey = ['sk', 'live', '${random}'].join('_');`],
    ['packed as base64', `export const a = 1;\nconst apiKey = atob('${btoa(random)}');`],
    ['behind a cast', `export const a = 1;\nconst apiKey = '${random}' as string;`],
    ['in a comment', `export const a = 1;\n// const API_KEY = '${random}';`],
    [
      'in code that stands in a text',
      'export const a = 1;\nconst page = `<script>const apiKey = "' + random + '"</script>`;',
    ],
    ['in a header', `export const a = 1;\nfetch(url, { headers: { Authorization: 'Bearer ${random}' } });`],
    ['in a link', `export const a = 1;\nfetch('https://api.weather.test/now?api_key=${random}');`],
  ])('%s', async (_, text) => {
    expect(await placesIn({ 'src/app.ts': text })).toEqual(['src/app.ts:2']);
  });

  test.each([
    [
      'in a notebook',
      'a.ipynb',
      JSON.stringify(
        { cells: [{ cell_type: 'code', source: ['import x\n', `API_KEY = "${random}"\n`], outputs: [] }] },
        null,
        1,
      ),
      7,
    ],
    ['in JSON with a key written out', 'a.json', JSON.stringify({ a: 1, private_key: pem('k') }, null, 1), 3],
    [
      'in the settings of an agent',
      '.cursor/mcp.json',
      `{ "mcpServers": { "a": { "command": "a",\n"env": { "A_TOKEN": "${random}" } } } }`,
      2,
    ],
    ['in a Dockerfile', 'Dockerfile', `FROM node:24\nENV API_TOKEN=${random}`, 2],
    ['in a shell script', 'deploy.sh', `#!/bin/sh\nexport DB_PASSWORD='${password}'`, 2],
    ['compared, the value first', 'login.py', `a = 1\nif "${password}" == password:`, 2],
    ['in YAML', 'app.yml', `db:\n  password: ${password}`, 2],
    ['in INI', 'app.ini', `[db]\npassword = ${password}`, 2],
    [
      'in a connection string',
      'notes.md',
      `# Run\nMONGO_URI=mongodb+srv://app:${password}@cluster0.ab12c.mongodb.net/shop`,
      2,
    ],
    ['in .npmrc', '.npmrc', `registry=https://npm.acme.co\n//npm.acme.co/:_authToken=${random}`, 2],
    [
      'in a package script',
      'package.json',
      `{ "scripts": {\n"deploy": "curl -u deploy:${password} https://acme.co" } }`,
      2,
    ],
    ['in a file that does not parse', 'run.js', `echo 'a' > b\nAPI_KEY="${random}"`, 2],
    ['as a key file that was packed', 'a.yaml', `a: 1\nkey: ${btoa(pem('packed'))}`, 2],
  ])('%s', async (_, path, text, line) => {
    expect(await placesIn({ [path]: text })).toEqual([`${path}:${line}`]);
  });
});

test('one value in four places is one secret', async () => {
  const files = {
    'a.js': `const apiKey = '${random}';`,
    'b.yaml': `api_key: ${random}`,
    '.env': `API_KEY=${random}`,
    'c.json': `{ "apiKey": "${random}" }`,
  };
  const found = await secretsIn(repositoryOf(files));
  expect(found).toHaveLength(4);
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(1);
});

test('a .env file that git does not hold is where secrets belong', async () => {
  expect(await secretsIn(repositoryOf({ '.env': `API_KEY=${random}` }, { untracked: ['.env'] }))).toEqual([]);
});

test('a simple password of a container counts where the same one is set elsewhere', async () => {
  const link = { 'src/db.js': `export const url = 'postgres://shop:shop123@db:5432/shop';` };
  expect(await placesIn(link)).toEqual([]);
  expect(
    await placesIn({
      ...link,
      'docker-compose.yml': `services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: shop123`,
    }),
  ).toEqual(['docker-compose.yml:4', 'src/db.js:1']);
});

test('it says where to revoke the key', async () => {
  const [found] = await secretsIn(repositoryOf({ 'a.js': `const k = '${madeUp['Stripe live key']}';` }));
  expect(found).toMatchObject({ provider: 'stripe', rotate: expect.stringContaining('https://dashboard.stripe.com') });
});
