import { expect, test } from 'vitest';
import { placesIn } from './found.ts';
import { letters } from './made-up.ts';

const random = letters('near', 32);
const uuid = '3f2b7c1e-9a4d-4e8b-8c6f-1d2e3f4a5b6c';

test.each([
  [
    'names of things',
    `export const TOKEN_KEY = 'auth_token';\nexport const SECRET_HEADER = 'x-secret';\nlocalStorage.setItem('token', token);`,
  ],
  [
    'labels',
    `export const t = { password: 'Password', newPassword: 'Neues Passwort', secret: 'Secret key', token: 'Token' };`,
  ],
  [
    'messages',
    `export const e = { password: 'Password must have 8 characters', invalidPassword: 'invalid_password_1' };`,
  ],
  [
    'fields of a form',
    `export const f = <input type="password" name="password" id="password1" placeholder="Your password" />;`,
  ],
  [
    'types',
    `export interface A { password: 'a1b2c3d4' | 'other'; token: string }\nexport const s = { password: 'string', token: { type: 'string' } };`,
  ],
  [
    'actions of a store',
    `export const SET_PASSWORD = 'user/setPassword1';\nexport const RESET_TOKEN = 'RESET_TOKEN_1';`,
  ],
  [
    'reads of the environment',
    `export const a = { apiKey: process.env.API_KEY, secret: env('SECRET'), password: config.password };`,
  ],
  ['templates', 'export const a = (x) => `Bearer ${x}`;\nexport const password = `${first}${second}`;'],
  [
    'nothing',
    `export const SECRET_KEY = '';\nexport const password = ' ';\nexport const key = process.env.API_KEY || '';`,
  ],
  [
    'what the reader has to bring',
    `export const apiKey = 'your-api-key-here';\nexport const token = '<YOUR_TOKEN_123>';\nexport const k = 'PASTE YOUR KEY HERE';`,
  ],
  ['a comparison with what nobody replaced', `export const ok = (apiKey) => apiKey !== 'your-actual-openai-key-1';`],
  [
    'public keys',
    `export const publishableKey = 'pk_live_${random}';\nexport const siteKey = '6L${random}${random.slice(0, 6)}';`,
  ],
  ['a parser', `export const isEnd = (token) => token === 'end1' || token.type === 'string' || token !== '}';`],
  [
    'addresses and paths',
    `export const tokenUrl = 'https://acme.co/oauth2/token1';\nexport const passwordPath = '/reset-password/v1';`,
  ],
  ['ids', `export const secretId = '${uuid}';\nexport const keyId = '${random}';`],
  ['hashes of files', `export const integrity = 'sha512-${random}${random}';\nexport const etag = '${random}';`],
  ['counts of tokens', `export const m = { max_tokens: '4096', totalTokens: '128000abc', stopToken: '<|end|>' };`],
  [
    'test of a password',
    `export const strong = /^(?=.*[a-z])(?=.*\\d).{8,}$/;\nexport const passwordPattern = '^(?=.*\\\\d).{8,}$';`,
  ],
  [
    'the settings of Firebase',
    `export const app = { apiKey: 'AIza${letters('fire', 35)}', authDomain: 'shop.firebaseapp.com' };`,
  ],
])('code: %s', async (_, text) => {
  expect(await placesIn({ 'src/app.tsx': text })).toEqual([]);
});

test.each([
  [
    'a sample',
    '.env.example',
    'JWT_SECRET=your_secret\nDB_PASSWORD=password\nAPI_KEY=xxxxxxxxxxxxxxxxxxxx\nURL=postgres://user:pass@localhost/db',
  ],
  [
    'a manual',
    'README.md',
    `Set \`JWT_SECRET=supersecret\`, sign in with password: 1234.\n\nDATABASE_URL=postgres://USER:PASSWORD@HOST:5432/db`,
  ],
  [
    'an answer in a manual',
    'README.md',
    `{ "password": "${uuid}", "token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${random}" }`,
  ],
  [
    'a workflow',
    '.github/workflows/ci.yml',
    'env:\n  POSTGRES_PASSWORD: postgres\n  TOKEN: ${{ secrets.GITHUB_TOKEN }}',
  ],
  [
    'a lock file',
    'package-lock.json',
    `{ "node_modules/token": { "integrity": "sha512-${random}${random}${random.slice(0, 22)}==" } }`,
  ],
  [
    'texts in other languages',
    'src/locales/de.json',
    '{ "password": "Passwort", "secret": "Geheimnis", "token": "Zugangscode" }',
  ],
  ['a list of words', 'schema.json', '{ "enum": ["pass", "fail", "token", "secret"] }'],
  [
    'a column',
    'schema.sql',
    'CREATE TABLE users (id INTEGER, password TEXT NOT NULL, token VARCHAR(255));\nINSERT INTO users (name, password) VALUES (?, ?);',
  ],
  ['a schema', 'prisma/schema.prisma', 'model Account {\n  refresh_token String? @db.Text\n  access_token String?\n}'],
  ['values that are encrypted', '.env.production', `API_KEY="encrypted:${random}"\nDOTENV_PUBLIC_KEY="${random}"`],
  [
    'a reference',
    'app.yml',
    'password: ${DB_PASSWORD}\ntoken: {{ vault.token }}\napi_key: !Ref ApiKey\nsecret: op://team/app/secret',
  ],
  ['a certificate', 'cert.pem', `-----BEGIN CERTIFICATE-----\n${random}${random}\n-----END CERTIFICATE-----`],
  ['a public key', 'key.pem', `-----BEGIN PUBLIC KEY-----\n${random}${random}\n-----END PUBLIC KEY-----`],
  [
    'a made-up key',
    'notes.txt',
    'AKIAIOSFODNN7EXAMPLE sk_test_xxxxxxxxxxxxxxxxxxxxxxxx ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  ],
  [
    'a test',
    'test/users.test.ts',
    `const user = { email: 'a@b.co', password: 'Secret123!' };\nprocess.env.JWT_SECRET = 'test-secret-1';`,
  ],
])('text: %s', async (_, path, text) => {
  expect(await placesIn({ [path]: text })).toEqual([]);
});
