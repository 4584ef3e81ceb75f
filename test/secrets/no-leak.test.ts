import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { formats } from '../../src/commands/check-flags.ts';
import { plainEnvironment, shipshape } from '../cli/shipshape.ts';
import { letters, madeUp } from './made-up.ts';

/** Values that stand in the project under test; each in a place of its own. */
const planted: string[] = [];

function plant(value: string): string {
  planted.push(value);
  return value;
}

const password = (seed: string): string => plant(`${letters(seed, 10)}4!`);
const random = (seed: string): string => plant(letters(seed, 40));

/** Odd places: a line that does not parse, a file name, a very long line, a route, a script, a workflow, a key that is no string. */
function files(): Record<string, string> {
  const each = Object.entries(madeUp).map(([, value], index) => [
    `src/kinds/k${index}.js`,
    `export const value = \`${plant(value)}\`;\n`,
  ]);
  return {
    ...Object.fromEntries(each),
    'package.json': `{ "name": "leaky", "type": "module", "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "API_TOKEN=${random('script')} node server.js", "deploy": "curl -u deploy:${password('curl')} https://acme.co" } }`,
    'server.js': [
      `import express from 'express';`,
      `import session from 'express-session';`,
      `const app = express();`,
      `app.use(session({ secret: process.env.SESSION_SECRET || '${password('session')}' }));`,
      `app.use((request, response, next) => (request.headers['x-api-key'] === '${random('compare')}' ? next() : response.status(401).end()));`,
      `app.get('/orders', (request, response) => response.json(query("SELECT * FROM orders WHERE token = '${random('sql')}' AND id = " + request.query.id)));`,
      `app.post('/ask', (request, response) => fetch('https://api.acme.co/ask?api_key=${random('query')}', { headers: { Authorization: 'Bearer ${random('bearer')}' } }).then((answer) => response.json(answer)));`,
      `app.listen(3000);`,
    ].join('\n'),
    'src/broken.js': `const apiKey = '${random('broken')}'; const = ;\n`,
    'src/long.js': `const a = 1;${' '.repeat(3000)}const apiKey = '${random('long')}';${' '.repeat(3000)}\n`,
    'src/joined.js': `const stripeSecretKey = 'sk_live_' + '${random('joined')}';\nconst parts = ['sk', 'live', '${random('parts')}'].join('_');\n`,
    'src/sequelize.js': `new Sequelize('shop', 'shop', '${password('sequelize')}');\n`,
    'src/users.js': `export const users = [{ name: 'admin', password: '${password('user')}', token: '${random('token')}' }];\n`,
    'config/broken.json': `{ "password": "${password('json')}",, "a": }`,
    'config/broken.yaml': `password: ${password('yaml')}\n  - a: [b\n`,
    '.github/workflows/ci.yml': `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    env:\n      DEPLOY_TOKEN: ${random('workflow')}\n    steps:\n      - run: curl -H "Authorization: Bearer ${random('step')}" https://acme.co\n`,
    Dockerfile: `FROM node:24\nENV API_TOKEN=${random('docker')}\nRUN npm config set //npm.acme.co/:_authToken=${random('npmrc')}\nCOPY . .\n`,
    '.env': `DB_PASSWORD=${password('env')}\nOPENAI_API_KEY=${random('env key')}\n`,
    '.mcp.json': `{ "mcpServers": { "a": { "command": "npx", "args": ["-y", "server", "--api-key=${random('argument')}"], "env": { "A_TOKEN": "${random('mcp')}" } } } }`,
    'README.md': `MONGO_URI=mongodb+srv://app:${password('mongo')}@cluster0.ab12c.mongodb.net/shop\n`,
    'notebook.ipynb': JSON.stringify({
      cells: [{ cell_type: 'code', source: [`API_KEY = "${random('notebook')}"\n`] }],
    }),
    'seeds.sql': `INSERT INTO users (name, password) VALUES ('root', '${password('seed')}');\n`,
    'docker-compose.yml': `services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: ${password('compose')}\n`,
  };
}

let folder = '';

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-leak-')));
  const git = (...words: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
      cwd: folder,
      env: plainEnvironment(),
      stdio: 'pipe',
    });
  git('init', '--quiet');
  put({ 'src/old.js': `export const apiKey = '${random('old')}';\nexport const password = '${password('old')}';\n` });
  git('add', '--all');
  git('commit', '--quiet', '--message', 'one');
  rmSync(join(folder, 'src/old.js'));
  put(files());
  git('add', '--all');
  git('commit', '--quiet', '--message', 'two');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(all: Record<string, string>): void {
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Pieces of six characters of anything planted that stand in a text. Plain words that a key file begins with are no piece of a secret. */
function leaksIn(text: string): string[] {
  const common =
    /^[-A-Z \n]*$|sk_liv|k_live|_live_|sk-pro|k-proj|-proj-|sk-ant|k-ant-|-ant-a|ant-ap|nt-api|t-api0|-api03|api03-|T3Blbk|3BlbkF|BlbkFJ|github|eyJhbG|glpat-|dop_v1|op_v1_|shpat_/;
  const pieces = new Set<string>();
  for (const value of planted) {
    for (let index = 0; index + 6 <= value.length; index++) {
      const piece = value.slice(index, index + 6);
      if (!common.test(piece) && text.includes(piece)) pieces.add(`${piece} of ${value.slice(0, 12)}`);
    }
  }
  return [...pieces];
}

describe('no value is told', () => {
  test.each(
    formats.flatMap(
      (format) =>
        [
          [format, []],
          [format, ['--all', '--verbose']],
        ] as const,
    ),
  )('in %s %j', (format, flags) => {
    const { out, err, code } = shipshape(['check', '.', '--format', format, ...flags], folder, { DEBUG: '*' });
    expect(code).toBe(1);
    expect(out.length).toBeGreaterThan(200);
    expect(leaksIn(out + err)).toEqual([]);
  });

  test('of what was removed and is still in the history', () => {
    const { out, err } = shipshape(['check', '.', '--history', '--format', 'json'], folder);
    expect(leaksIn(out + err)).toEqual([]);
  });

  test('in a baseline', () => {
    shipshape(['check', '.', '--baseline', 'write'], folder);
    const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const written = status
      .split('\n')
      .filter(Boolean)
      .map((line) => readFileSync(join(folder, line.slice(3)), 'utf8'));
    expect(written.length).toBeGreaterThan(0);
    expect(leaksIn(written.join('\n'))).toEqual([]);
  });
});

test('what was removed is found in the history', () => {
  const { out } = shipshape(['check', '.', '--history', '--only', 'secrets/no-hardcoded', '--format', 'json'], folder);
  expect(out).toContain('src/old.js');
});

test('every planted value is found somewhere', () => {
  const { out } = shipshape(['check', '.', '--only', 'secrets/no-hardcoded', '--format', 'json'], folder);
  const told = JSON.stringify(JSON.parse(out));
  for (const path of Object.keys(files())) expect(told, path).toContain(path);
});
