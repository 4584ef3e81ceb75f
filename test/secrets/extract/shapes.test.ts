import { describe, expect, test } from 'vitest';
import { letters, madeUp, pem } from '../made-up.ts';
import { extracted, fromServer } from './extracted.ts';

const openai = madeUp['OpenAI key'] ?? '';
const stripe = madeUp['Stripe live key'] ?? '';
const password = `Tq7-${letters('pw', 12)}`;
const signing = `${letters('jwt', 24)}`;

const checked = (name: string) => ({ text: `config.${name}`, always: true });
const imported = (name: string) => ({
  text: `settings.${name}`,
  always: true,
  take: { from: './settings.js', kind: 'named', name: 'settings' } as const,
});

describe('a literal becomes a read', () => {
  test.each([
    [
      'in a variable',
      `const OPENAI_API_KEY = '${openai}';\n`,
      'const OPENAI_API_KEY = process.env.OPENAI_API_KEY;\n',
      'OPENAI_API_KEY',
      openai,
    ],
    [
      'in a variable with a name of its own',
      `const openaiKey = "${openai}"\n`,
      'const openaiKey = process.env.OPENAI_KEY\n',
      'OPENAI_KEY',
      openai,
    ],
    [
      'in a variable that says little',
      `const client = '${stripe}';\n`,
      'const client = process.env.STRIPE_SECRET_KEY;\n',
      'STRIPE_SECRET_KEY',
      stripe,
    ],
    [
      'in an assignment',
      `config.stripeKey = '${stripe}';\n`,
      'config.stripeKey = process.env.STRIPE_KEY;\n',
      'STRIPE_KEY',
      stripe,
    ],
    [
      'in a property',
      `const ai = new OpenAI({ apiKey: '${openai}' });\n`,
      'const ai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\n',
      'OPENAI_API_KEY',
      openai,
    ],
    [
      'as an argument',
      `const stripe = require('stripe')('${stripe}');\n`,
      `const stripe = require('stripe')(process.env.STRIPE_SECRET_KEY);\n`,
      'STRIPE_SECRET_KEY',
      stripe,
    ],
    [
      'as an argument that its place explains',
      `const db = new Sequelize('shop', 'app', '${password}', {});\n`,
      `const db = new Sequelize('shop', 'app', process.env.DATABASE_PASSWORD, {});\n`,
      'DATABASE_PASSWORD',
      password,
    ],
    [
      'in a field of a class',
      `class Ai {\n  #apiKey = '${openai}';\n}\n`,
      'class Ai {\n  #apiKey = process.env.OPENAI_API_KEY;\n}\n',
      'OPENAI_API_KEY',
      openai,
    ],
    [
      'as the first value of a parameter',
      `function ask(apiKey = '${openai}') {}\n`,
      'function ask(apiKey = process.env.OPENAI_API_KEY) {}\n',
      'OPENAI_API_KEY',
      openai,
    ],
    [
      'that is returned without a space',
      `const key = () => { return'${openai}' };\n`,
      'const key = () => { return process.env.OPENAI_API_KEY };\n',
      'OPENAI_API_KEY',
      openai,
    ],
    [
      'in a header',
      `const headers = { Authorization: 'Bearer ${openai}' };\n`,
      'const headers = { Authorization: `Bearer ${process.env.OPENAI_API_KEY}` };\n',
      'OPENAI_API_KEY',
      openai,
    ],
    [
      'in a template',
      `const headers = { Authorization: \`Bearer ${openai}\`, n: \`\${1}\` };\n`,
      'const headers = { Authorization: `Bearer ${process.env.OPENAI_API_KEY}`, n: `${1}` };\n',
      'OPENAI_API_KEY',
      openai,
    ],
    [
      'in a template with other parts',
      `const url = \`https://x/\${id}?key=${openai}\`;\n`,
      'const url = `https://x/${id}?key=${process.env.OPENAI_API_KEY}`;\n',
      'OPENAI_API_KEY',
      openai,
    ],
    [
      'for one owner',
      `const mail = { user: 'app', pass: '${password}' };\n`,
      `const mail = { user: 'app', pass: process.env.MAIL_PASS };\n`,
      'MAIL_PASS',
      password,
    ],
    [
      'put together',
      `const jwtSecret = '${signing.slice(0, 8)}' + '${signing.slice(8)}';\n`,
      'const jwtSecret = process.env.JWT_SECRET;\n',
      'JWT_SECRET',
      signing,
    ],
    [
      'packed',
      `const jwtSecret = atob('${Buffer.from(signing).toString('base64')}');\n`,
      'const jwtSecret = process.env.JWT_SECRET;\n',
      'JWT_SECRET',
      signing,
    ],
  ])('%s', async (_, before, after, name, value) => {
    const { text, env, explained } = await fromServer(before);
    expect(explained).toEqual([]);
    expect(text).toBe(after);
    expect(env).toEqual({ [name]: value });
  });

  test('TypeScript is told that it is there', async () => {
    const { text } = await fromServer(`const apiKey: string = '${openai}';\n`, {}, 'server.ts');
    expect(text).toBe('const apiKey: string = process.env.OPENAI_API_KEY!;\n');
  });

  test('a private key of many lines', async () => {
    const key = pem('k1');
    const { env, text } = await fromServer(`const privateKey = \`${key}\`;\n`);
    expect(text).toBe('const privateKey = process.env.PRIVATE_KEY;\n');
    expect(env).toEqual({ PRIVATE_KEY: key });
  });
});

describe('a link with a password', () => {
  const link = `mongodb+srv://app:${password}@cluster0.abcde.mongodb.net/shop`;

  test('goes as a whole', async () => {
    const { text, env } = await fromServer(`mongoose.connect('${link}', { a: 1 });\n`);
    expect(text).toBe('mongoose.connect(process.env.MONGODB_URI, { a: 1 });\n');
    expect(env).toEqual({ MONGODB_URI: link });
  });

  test('has the name of its variable', async () => {
    expect((await fromServer(`const mongoUrl = '${link}';\n`)).env).toEqual({ MONGO_URL: link });
    const { env } = await fromServer(
      `const pool = new Pool({ connectionString: 'postgres://app:${password}@db.shop.io/a' });\n`,
    );
    expect(Object.keys(env)).toEqual(['DATABASE_URL']);
  });

  test('of which the rest is put together keeps the rest', async () => {
    const { text, env } = await fromServer(`const db = \`postgres://app:${password}@db.shop.io/\${name}\`;\n`);
    expect(text).toMatch(/^const db = `postgres:\/\/app:\$\{process\.env\.\w+\}@db\.shop\.io\/\$\{name\}`;\n$/);
    expect(Object.values(env)).toEqual([password]);
    expect((await fromServer(`const db = 'postgres://app:${password}@db.shop.io/' + name;\n`)).text).toMatch(
      /^const db = `postgres:\/\/app:\$\{process\.env\.\w+\}@db\.shop\.io\/` \+ name;\n$/,
    );
  });
});

describe('a value for when the environment has none goes', () => {
  test.each([
    ['||', `const s = process.env.JWT_SECRET || '${signing}';\n`, 'const s = process.env.JWT_SECRET;\n'],
    ['??', `const s = process.env.JWT_SECRET ?? "${signing}"\n`, 'const s = process.env.JWT_SECRET\n'],
    [
      'after two names',
      `const s = process.env.JWT || process.env.JWT_SECRET || '${signing}';\n`,
      'const s = process.env.JWT || process.env.JWT_SECRET;\n',
    ],
    [
      'in brackets',
      `const s = (process.env['JWT_SECRET'] || ('${signing}'));\n`,
      `const s = (process.env['JWT_SECRET']);\n`,
    ],
    [
      'over two lines',
      `const s =\n  process.env.JWT_SECRET ||\n  '${signing}';\n`,
      'const s =\n  process.env.JWT_SECRET;\n',
    ],
    [
      'of a choice',
      `const jwtSecret = process.env.JWT_SECRET ? process.env.JWT_SECRET : '${signing}';\n`,
      'const jwtSecret = process.env.JWT_SECRET;\n',
    ],
    [
      'of a name',
      `const { env } = process;\nconst s = env.JWT_SECRET || '${signing}';\n`,
      'const { env } = process;\nconst s = env.JWT_SECRET;\n',
    ],
    [
      'of a pattern',
      `const { JWT_SECRET = '${signing}', PORT = 1 } = process.env;\n`,
      'const { JWT_SECRET, PORT = 1 } = process.env;\n',
    ],
    [
      'of a pattern with another name',
      `const { JWT_SECRET: jwtSecret = '${signing}' } = process.env;\n`,
      'const { JWT_SECRET: jwtSecret } = process.env;\n',
    ],
    [
      'of a schema',
      `const s = z.object({ JWT_SECRET: z.string().default('${signing}') });\n`,
      'const s = z.object({ JWT_SECRET: z.string() });\n',
    ],
    [
      'of a schema of objects',
      `const s = { JWT_SECRET: { type: 'string', default: '${signing}' }, PORT: {} };\n`,
      `const s = { JWT_SECRET: { type: 'string' }, PORT: {} };\n`,
    ],
    [
      'of a schema that begins with it',
      `const s = { JWT_SECRET: { default: '${signing}', type: 'string' } };\n`,
      `const s = { JWT_SECRET: { type: 'string' } };\n`,
    ],
    ['written into the environment', `a();\nprocess.env.JWT_SECRET = '${signing}';\nb();\n`, 'a();\nb();\n'],
    ['written back', `process.env.JWT_SECRET = process.env.JWT_SECRET || '${signing}';\nb();\n`, 'b();\n'],
  ])('%s', async (_, before, after) => {
    const { text, env, explained } = await fromServer(before);
    expect(explained).toEqual([]);
    expect(text).toBe(after);
    expect(env).toEqual({ JWT_SECRET: signing });
  });

  test('TypeScript is told that it is there', async () => {
    const { text } = await fromServer(`const s: string = process.env.JWT_SECRET || '${signing}';\n`, {}, 'server.ts');
    expect(text).toBe('const s: string = process.env.JWT_SECRET!;\n');
  });
});

describe('comparisons stay correct', () => {
  const key = `const API_KEY = '${openai}';\n`;

  test.each([
    [`if (API_KEY === 'your-api-key-here') stop();`, 'if (!API_KEY) stop();'],
    [`if (API_KEY !== 'YOUR_API_KEY') go();`, 'if (API_KEY) go();'],
    [`const ready = API_KEY !== 'YOUR_API_KEY';`, 'const ready = Boolean(API_KEY);'],
    [`if (!API_KEY || API_KEY === 'your-api-key-here') stop();`, 'if (!API_KEY) stop();'],
    [`if (API_KEY && API_KEY !== 'your-api-key-here') go();`, 'if (API_KEY) go();'],
    [`if (API_KEY.includes('your-')) stop();`, 'if (!API_KEY) stop();'],
    [`if (API_KEY.startsWith('YOUR_')) stop();`, 'if (!API_KEY) stop();'],
  ])('%s', async (before, after) => {
    const { text } = await fromServer(`${key}${before}\n`);
    expect(text).toBe(`const API_KEY = process.env.OPENAI_API_KEY;\n${after}\n`);
  });

  test('with the stand-in itself, where somebody names it', async () => {
    const where = { path: 'server.js', line: 1, column: 25 };
    const finding = {
      place: where,
      kind: 'Anthropic API key',
      provider: 'anthropic',
      layer: 'name',
      confidence: 'review',
    } as const;
    const { files, env } = await extracted(
      {
        'server.js': `const CLAUDE_API_KEY = 'your-actual-claude-key-here';\nif (CLAUDE_API_KEY === 'your-actual-claude-key-here') stop();\n`,
      },
      {},
      [{ ...finding, masked: '…', evidence: '', rotate: '', fingerprint: '' }],
    );
    expect(files['server.js']).toBe(
      'const CLAUDE_API_KEY = process.env.CLAUDE_API_KEY;\nif (!CLAUDE_API_KEY) stop();\n',
    );
    expect(env).toEqual({ CLAUDE_API_KEY: undefined });
  });

  test('in another file', async () => {
    const { files } = await extracted({
      'keys.js': `exports.apiKey = '${openai}';\n`,
      'server.js': `const keys = require('./keys');\nif (keys.apiKey === 'your-key-here') stop();\n`,
    });
    expect(files['server.js']).toBe(`const keys = require('./keys');\nif (!keys.apiKey) stop();\n`);
  });

  test('two missing things are not equal', async () => {
    const { text } = await fromServer(`if (request.body.password === '${password}') enter();\n`);
    expect(text).toMatch(/^if \(!!process\.env\.(\w+) && request\.body\.password === process\.env\.\1\) enter\(\);\n$/);
    const { text: refused } = await fromServer(`if (password !== '${password}') refuse();\n`);
    expect(refused).toMatch(/^if \(!process\.env\.(\w+) \|\| password !== process\.env\.\1\) refuse\(\);\n$/);
    const { text: named } = await fromServer(
      `const ADMIN_PASSWORD = '${password}';\nif (given === ADMIN_PASSWORD) enter();\n`,
    );
    expect(named).toBe(
      'const ADMIN_PASSWORD = process.env.ADMIN_PASSWORD;\nif (!!ADMIN_PASSWORD && given === ADMIN_PASSWORD) enter();\n',
    );
  });

  test('also in another file, and inside other conditions', async () => {
    const { files } = await extracted({
      'keys.js': `exports.adminPassword = '${password}';\n`,
      'server.js': `const { adminPassword } = require('./keys');\nconst ok = name === admin && given === adminPassword;\n`,
    });
    expect(files['server.js']).toContain('name === admin && (!!adminPassword && given === adminPassword);');
  });

  test('a checked setting is compared as it is', async () => {
    const { text } = await fromServer(
      `const ADMIN_PASSWORD = '${password}';\nif (given === ADMIN_PASSWORD) enter();\n`,
      { read: checked },
    );
    expect(text).toBe('const ADMIN_PASSWORD = config.ADMIN_PASSWORD;\nif (given === ADMIN_PASSWORD) enter();\n');
  });
});

describe('names', () => {
  test('what a call makes of it has a name of its own', async () => {
    const { env } = await fromServer(`const hashedPassword = await bcrypt.hash('${password}', 10);\n`);
    expect(Object.keys(env)).toEqual(['APP_PASSWORD']);
  });

  test('short values that are equal by chance are two', async () => {
    const { env } = await fromServer(
      `const db = { user: 'app', password: process.env.DB_PASS || 'abc1' };\nsession({ secret: 'abc1' });\n`,
    );
    expect(env).toEqual({ DB_PASS: 'abc1', SESSION_SECRET: 'abc1' });
  });

  test('Deno has an environment of its own', async () => {
    const { text } = await fromServer(`const key = '${openai}';\nDeno.serve(() => key);\n`, {}, 'server.ts');
    expect(text).toContain(`const key = Deno.env.get('OPENAI_API_KEY')!;`);
  });

  test('the same secret in several places has one name', async () => {
    const { files, env } = await extracted({
      'server.js': `require('./a');\nrequire('./b');\nconst jwtKey = process.env.TOKEN_SECRET || '${signing}';\n`,
      'a.js': `const jwt = require('jsonwebtoken');\njwt.sign({}, '${signing}');\n`,
      'b.js': `const JWT_SECRET = '${signing}';\nrequire('jsonwebtoken').verify(t, JWT_SECRET);\n`,
    });
    expect(env).toEqual({ TOKEN_SECRET: signing });
    expect(files['a.js']).toContain('jwt.sign({}, process.env.TOKEN_SECRET)');
    expect(files['b.js']).toContain('const JWT_SECRET = process.env.TOKEN_SECRET;');
  });

  test('two secrets never share one', async () => {
    const other = letters('jwt2', 24);
    const { env } = await extracted({
      'server.js': `require('./a');\nconst JWT_SECRET = '${signing}';\n`,
      'a.js': `const JWT_SECRET = '${other}';\n`,
    });
    expect(Object.entries(env).toSorted()).toEqual([
      ['JWT_SECRET', other],
      ['JWT_SECRET_2', signing],
    ]);
  });

  test('a name that is set to something else is left to that', async () => {
    const known = new Map([['JWT_SECRET', 'other']]);
    expect((await fromServer(`const JWT_SECRET = '${signing}';\n`, { known })).env).toEqual({ JWT_SECRET_2: signing });
    const same = new Map([['TOKENS', signing]]);
    expect((await fromServer(`const JWT_SECRET = '${signing}';\n`, { known: same })).text).toContain(
      'process.env.TOKENS',
    );
  });

  test('a read of one own kind, with its import', async () => {
    const { text } = await fromServer(
      `import express from 'express';\n\nconst a = '${openai}';\nconst JWT_SECRET = process.env.JWT_SECRET || '${signing}';\n`,
      { read: imported },
      'server.mjs',
    );
    expect(text).toBe(
      `import express from 'express';\nimport { settings } from './settings.js';\n\nconst a = settings.OPENAI_API_KEY;\nconst JWT_SECRET = settings.JWT_SECRET;\n`,
    );
  });
});

describe('what stays is explained', () => {
  test.each([
    ['configuration.json', JSON.stringify({ openai: { apiKey: openai } }), 'configuration file'],
    ['config.yaml', `apiKey: ${openai}\n`, 'configuration file'],
    ['.env', `OPENAI_API_KEY=${openai}\n`, 'out of git'],
    ['main.py', `key = "${openai}"\n`, 'no|not code'],
    ['test/a.test.js', `const key = '${openai}';\n`, 'test'],
    ['jest.setup.js', `process.env.OPENAI_API_KEY = '${openai}';\n`, 'test'],
    ['mongo-init.js', `db.createUser({ user: 'app', pwd: '${openai}' });\n`, 'database'],
    ['src/App.jsx', `export const App = () => <div onClick={() => ask('${openai}')} />;\n`, 'page'],
  ])('%s', async (path, text, why) => {
    const { files, explained, env } = await extracted({
      'server.js': '',
      'index.html': '<script src="/src/App.jsx"></script>',
      [path]: text,
    });
    expect(files[path]).toBe(text);
    expect(env).toEqual({});
    expect(explained).toHaveLength(1);
    expect(explained[0]).toMatch(new RegExp(why));
  });

  test.each([
    ['a comment', `// ${openai}\nrun();\n`, 'comment'],
    ['the name of a property', `const users = { '${openai}': 'me' };\n`, 'name of a property'],
    ['a case', `switch (key) {\n  case '${openai}':\n    run();\n}\n`, 'switch'],
    ['a page in a text', `const page = \`<script>const key = '${openai}';</script>\`;\n`, 'browser'],
    ['a tagged template', `const q = sql\`select \${a} from b where key = '${openai}'\`;\n`, 'tag'],
    ['an example in a description', `Api({ example: '${openai}' });\n`, 'example'],
    ['an account', `const users = [{ name: 'admin', password: '${password}' }];\n`, 'account'],
  ])('%s', async (_, text, why) => {
    const found = await fromServer(text);
    expect(found.text).toBe(text);
    expect(found.explained).toHaveLength(1);
    expect(found.explained[0]).toMatch(new RegExp(why));
  });
});

describe('promises', () => {
  const everything = {
    'server.js': `const a = '${openai}';\nconst s = process.env.JWT_SECRET || '${signing}';\n// ${stripe}\nif (password === '${password}') enter();\nconst db = 'postgres://app:${password}@db.shop.io/a';\n`,
    'config.json': JSON.stringify({ apiKey: stripe }),
  };

  test('no value stands in anything but the settings', async () => {
    const { extraction } = await extracted(everything);
    const told = JSON.stringify({ ...extraction, env: extraction.env.map(({ name }) => name) });
    const pieces = [openai, signing, stripe, password].flatMap((value) =>
      Array.from({ length: value.length / 4 - 1 }, (_, index) => value.slice(index * 4, index * 4 + 8)),
    );
    expect(pieces.filter((piece) => told.includes(piece))).toEqual([]);
  });

  test('a second time there is nothing to do', async () => {
    const { files } = await extracted(everything);
    const again = await extracted({ 'server.js': files['server.js'] ?? '' });
    expect(again.extraction.files).toEqual([]);
  });

  test('line ends, and everything else, stay as they are', async () => {
    const { text } = await fromServer(`\tconst a = "${openai}" // key\r\n\r\n\tb( )\r\n`);
    expect(text).toBe(`\tconst a = process.env.OPENAI_API_KEY // key\r\n\r\n\tb( )\r\n`);
  });
});
