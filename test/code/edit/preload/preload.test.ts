import { describe, expect, test } from 'vitest';
import { commandWithPreload } from '../../../../src/code/edit/preload/command.ts';
import { dockerfileWithPreload } from '../../../../src/code/edit/preload/dockerfile.ts';
import { pm2FileWithPreload } from '../../../../src/code/edit/preload/pm2.ts';
import type { Preload, Preloaded } from '../../../../src/code/edit/preload/preload.ts';
import { procfileWithPreload } from '../../../../src/code/edit/preload/procfile.ts';
import { nodemonJsonWithPreload, packageJsonWithPreload } from '../../../../src/code/edit/preload/scripts.ts';

const preload: Preload = { module: './t.js', required: './t.cjs' };
const bare: Preload = { module: './t.js' };

/** The text afterwards, or why it stays. Trying again must find it there. */
function textOf(run: (text: string, how: Preload) => Preloaded, text: string, how = preload): string {
  const result = run(text, how);
  if (result.kind === 'text') expect(run(result.text, how)).toEqual({ kind: 'there' });
  return result.kind === 'text' ? result.text : result.kind;
}

const image = (start: string): string => `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN node scripts/build.js\n${start}\n`;
const windows = (text: string): string => image(text).replaceAll('\n', '\r\n');
const inJs = (text: string, how: Preload): Preloaded => pm2FileWithPreload('ecosystem.config.js', text, how);
const inJson = (text: string, how: Preload): Preloaded => pm2FileWithPreload('pm2.json', text, how);
const app = (entries: string): string =>
  `module.exports = {\n  apps: [\n    {\n      name: 'a',\n      ${entries}\n    },\n  ],\n}\n`;

describe('commands', () => {
  test.each([
    ['node server.js', 'node --import ./t.js server.js'],
    ['node ./bin/www', 'node --import ./t.js ./bin/www'],
    ['ts-node-dev --ignore-watch node_modules src/a.ts', 'ts-node-dev -r ./t.cjs --ignore-watch node_modules src/a.ts'],
    ['node .', 'node --import ./t.js .'],
    [
      'node --watch --env-file=.env src/index.js --port 1',
      'node --import ./t.js --watch --env-file=.env src/index.js --port 1',
    ],
    ['node -r dotenv/config dist/main', 'node -r ./t.cjs -r dotenv/config dist/main'],
    ['nodemon -r esm a.js', 'nodemon --require=./t.cjs -r esm a.js'],
    ['babel-node a.js', 'babel-node -r ./t.cjs a.js'],
    ['vite-node a.ts', 'NODE_OPTIONS=--require=./t.cjs vite-node a.ts'],
    ['nest start', 'nest start --exec "node --import ./t.js"'],
    ['nest start --watch --debug', 'nest start --exec "node --import ./t.js" --watch --debug'],
    ['nest start -e "node --no-warnings"', 'nest start -e "node --import ./t.js --no-warnings"'],
    ['NODE_ENV=production node dist/index.js', 'NODE_ENV=production node --import ./t.js dist/index.js'],
    ['cross-env NODE_ENV=production node a.js', 'cross-env NODE_ENV=production node --import ./t.js a.js'],
    ['tsc && node dist/index.js', 'tsc && node --import ./t.js dist/index.js'],
    ['node scripts/build.js && node server.js', 'node scripts/build.js && node --import ./t.js server.js'],
    ['cd backend && node index.js', 'cd backend && node --import ../t.js index.js'],
    ['concurrently "cd api/v1 && tsx a.ts" "vite"', 'concurrently "cd api/v1 && tsx --import ../../t.js a.ts" "vite"'],
    ['yarn tsx a.ts', 'yarn tsx --import ./t.js a.ts'],
    ['pnpm nodemon a.js', 'pnpm nodemon --import=./t.js a.js'],
    ['tsc-watch --onSuccess "node dist/a.js"', 'tsc-watch --onSuccess "node --import ./t.js dist/a.js"'],
    ['set NODE_ENV=production && node a.js', 'set NODE_ENV=production && node --import ./t.js a.js'],
    ['yarn node server.js', 'yarn node --import ./t.js server.js'],
    ['dotenv -e .env -- node server.js', 'dotenv -e .env -- node --import ./t.js server.js'],
    ['nodemon server.js', 'nodemon --import=./t.js server.js'],
    ['npx nodemon --watch src server.js', 'npx nodemon --import=./t.js --watch src server.js'],
    ['nodemon', 'nodemon --import=./t.js'],
    ['nodemon src/index.ts', 'nodemon --require=./t.cjs src/index.ts'],
    ['nodemon --exec ts-node src/index.ts', 'nodemon --exec "ts-node -r ./t.cjs" src/index.ts'],
    ['nodemon --watch src --exec "tsx src/index.ts"', 'nodemon --watch src --exec "tsx --import ./t.js src/index.ts"'],
    [
      `nodemon -x 'node --loader ts-node/esm' src/a.ts`,
      `nodemon -x 'node --import ./t.js --loader ts-node/esm' src/a.ts`,
    ],
    ['tsx src/index.ts', 'tsx --import ./t.js src/index.ts'],
    ['tsx watch src/index.ts', 'tsx watch --import ./t.js src/index.ts'],
    ['npx tsx --env-file=.env server.ts', 'npx tsx --import ./t.js --env-file=.env server.ts'],
    ['ts-node src/index.ts', 'ts-node -r ./t.cjs src/index.ts'],
    ['ts-node-dev --respawn src/index.ts', 'ts-node-dev -r ./t.cjs --respawn src/index.ts'],
    ['node -r ts-node/register src/index.ts', 'node -r ./t.cjs -r ts-node/register src/index.ts'],
    ['pm2 start server.js', 'pm2 start server.js --node-args=--import=./t.js'],
    ['pm2-runtime dist/a.js -i max', 'pm2-runtime dist/a.js --node-args=--import=./t.js -i max'],
    [
      'pm2 start a.js --node-args="--max-old-space-size=200"',
      'pm2 start a.js --node-args="--max-old-space-size=200 --import=./t.js"',
    ],
    [
      'concurrently "npm run client" "node server.js"',
      'concurrently "npm run client" "node --import ./t.js server.js"',
    ],
    [`concurrently -n "a b,c" 'nodemon a.js' "vite"`, `concurrently -n "a b,c" 'nodemon --import=./t.js a.js' "vite"`],
    ['concurrently \\"tsx watch a.ts\\" \\"vite\\"', 'concurrently \\"tsx watch --import ./t.js a.ts\\" \\"vite\\"'],
    [`sh -c 'node a.js'`, `sh -c 'node --import ./t.js a.js'`],
    ['node a.js & vite', 'node --import ./t.js a.js & vite'],
    [
      './node_modules/.bin/tsx a.ts 2>&1 | pino-pretty',
      './node_modules/.bin/tsx --import ./t.js a.ts 2>&1 | pino-pretty',
    ],
  ])('%s', (before, after) => {
    expect(textOf(commandWithPreload, before)).toBe(after);
  });

  test.each([
    ['ts-node src/index.ts', 'NODE_OPTIONS=--import=./t.js ts-node src/index.ts'],
    ['npx ts-node src/index.ts', 'NODE_OPTIONS=--import=./t.js npx ts-node src/index.ts'],
    ['nodemon --exec babel-node a.js', 'nodemon --exec "NODE_OPTIONS=--import=./t.js babel-node" a.js'],
    ['cross-env A=b ts-node src/index.ts', 'cross-env NODE_OPTIONS=--import=./t.js A=b ts-node src/index.ts'],
    ['cross-env NODE_OPTIONS=--a ts-node a.ts', 'cross-env NODE_OPTIONS="--a --import=./t.js" ts-node a.ts'],
  ])('without a module to require: %s', (before, after) => {
    expect(textOf(commandWithPreload, before, bare)).toBe(after);
  });

  test.each([
    'node --import ./t.js server.js',
    'node --import=./t.js server.js',
    'NODE_OPTIONS="--import ./t.js" node server.js',
    'ts-node -r ./t.cjs a.ts',
    'nodemon --exec "tsx --import ./t.js a.ts"',
  ])('%s has it', (command) => {
    expect(commandWithPreload(command, preload)).toEqual({ kind: 'there' });
  });

  test.each([
    'vite',
    'next dev',
    'react-scripts start',
    'bun run index.ts',
    'npm run start:server',
    'node scripts/seed.js',
    'node -e "1"',
    'node --test',
    'node ./node_modules/.bin/vite',
    'echo node server.js',
    'nest build',
    'concurrently "nest start"',
    'pm2 start ecosystem.config.js',
    'nodemon --exec "npm run build"',
    'tsc -p . && eslint .',
    'cd .. && node server.js',
    'cd $HOME && node server.js',
  ])('%s stays', (command) => {
    expect(commandWithPreload(command, preload).kind).toBe('none');
  });

  test('a folder that the command goes into first', () => {
    const there: Preload = { module: './backend/guardrails/t.js', starts: (file) => file === 'backend/server.js' };
    expect(textOf(commandWithPreload, 'cd backend && node server.js', there)).toBe(
      'cd backend && node --import ./guardrails/t.js server.js',
    );
    expect(textOf(commandWithPreload, 'node server.js; node backend/server.js', there)).toBe(
      'node server.js; node --import ./backend/guardrails/t.js backend/server.js',
    );
  });

  test('an app that would see the difference gets it by --require', () => {
    const only = { ...preload, onlyRequired: true };
    expect(textOf(commandWithPreload, 'node a.js', only)).toBe('node -r ./t.cjs a.js');
    expect(textOf(commandWithPreload, 'nodemon a.js', only)).toBe('nodemon --require=./t.cjs a.js');
  });

  test('which file is the app can be said', () => {
    const only = { ...preload, starts: (file: string) => file === 'scripts/run.js' };
    expect(textOf(commandWithPreload, 'node scripts/run.js && node server.js', only)).toBe(
      'node --import ./t.js scripts/run.js && node server.js',
    );
  });
});

test('where a file says what nodemon runs, the command stays', () => {
  expect(commandWithPreload('nodemon', { ...preload, nodemonExec: true }).kind).toBe('none');
  expect(textOf(commandWithPreload, 'nodemon --exec "tsx a.ts"', { ...preload, nodemonExec: true })).toContain(
    '--import',
  );
});

describe('Dockerfiles', () => {
  test.each([
    ['CMD ["node", "server.js"]', 'CMD ["node", "--import", "./t.js", "server.js"]'],
    ['CMD ["node","server.js"]', 'CMD ["node","--import","./t.js","server.js"]'],
    ['CMD node server.js', 'CMD node --import ./t.js server.js'],
    ['cmd [ "tsx", "src/a.ts" ]', 'cmd [ "tsx", "--import", "./t.js", "src/a.ts" ]'],
    ['ENTRYPOINT ["node"]\nCMD ["server.js"]', 'ENTRYPOINT ["node", "--import", "./t.js"]\nCMD ["server.js"]'],
    [
      'ENTRYPOINT ["/sbin/tini", "--", "node", "a.js"]',
      'ENTRYPOINT ["/sbin/tini", "--", "node", "--import", "./t.js", "a.js"]',
    ],
    [
      'ENTRYPOINT ["dumb-init"]\nCMD ["node", "a.js"]',
      'ENTRYPOINT ["dumb-init"]\nCMD ["node", "--import", "./t.js", "a.js"]',
    ],
    [
      'CMD ["sh", "-c", "npx prisma migrate deploy && node a.js"]',
      'CMD ["sh", "-c", "npx prisma migrate deploy && node --import ./t.js a.js"]',
    ],
    [
      'CMD ["node", \\\n     "server.js"]',
      'CMD ["node", \\\n     "--import", \\\n     "./t.js", \\\n     "server.js"]',
    ],
    ['CMD ["pm2-runtime", "a.js"]', 'CMD ["pm2-runtime", "a.js", "--node-args=--import=./t.js"]'],
    ['CMD npx tsx \\\n  a.ts', 'CMD npx tsx --import ./t.js \\\n  a.ts'],
    [
      'HEALTHCHECK --interval=5s \\\n  CMD node health.js\nCMD ["node", "a.js"]',
      'HEALTHCHECK --interval=5s \\\n  CMD node health.js\nCMD ["node", "--import", "./t.js", "a.js"]',
    ],
  ])('%s', (before, after) => {
    expect(textOf(dockerfileWithPreload, image(before))).toBe(image(after));
  });

  test('a list that needs an assignment gets it by env', () => {
    expect(textOf(dockerfileWithPreload, image('CMD ["ts-node", "a.ts"]'), bare)).toBe(
      image('CMD ["env", "NODE_OPTIONS=--import=./t.js", "ts-node", "a.ts"]'),
    );
  });

  test('Windows line ends stay', () => {
    expect(textOf(dockerfileWithPreload, windows('CMD ["node", "a.js"]'))).toBe(
      windows('CMD ["node", "--import", "./t.js", "a.js"]'),
    );
  });

  test('npm start is followed elsewhere', () => {
    expect(dockerfileWithPreload(image('CMD ["npm", "start"]'), preload).kind).toBe('none');
  });
});

describe('Procfiles', () => {
  test('web and worker, not release', () => {
    expect(
      textOf(procfileWithPreload, 'release: node migrate.js\r\nweb: node server.js\r\nworker: npm run worker\r\n'),
    ).toBe('release: node migrate.js\r\nweb: node --import ./t.js server.js\r\nworker: npm run worker\r\n');
  });
});

describe('PM2 files', () => {
  test.each([
    [`script: 'a.js',`, `script: 'a.js',\n      node_args: '--import ./t.js',`],
    [
      `script: './a.js',\n      node_args: '--max-http-header-size=1',`,
      `script: './a.js',\n      node_args: '--import ./t.js --max-http-header-size=1',`,
    ],
    [`script: 'a.js',\n      node_args: ['--a'],`, `script: 'a.js',\n      node_args: ['--import', './t.js', '--a'],`],
  ])('%s', (before, after) => {
    expect(textOf(inJs, app(before))).toBe(app(after));
  });

  test('an app in a folder of its own', () => {
    const text = app(`script: 'a.js',\n      cwd: './api',`);
    expect(textOf(inJs, text)).toBe(text.replace("'a.js',", "'a.js',\n      node_args: '--import ../t.js',"));
    expect(textOf(inJson, '{ "apps": [{ "script": "a.js", "cwd": "/srv/app" }] }')).toContain('--import ./t.js');
  });

  test('apps on one line, and several', () => {
    const text = `module.exports = { apps: [{ script: "a.js" }, { script: "npm", args: "start" }] };\n`;
    expect(textOf(inJs, text)).toBe(
      `module.exports = { apps: [{ script: "a.js", node_args: "--import ./t.js" }, { script: "npm", args: "start" }] };\n`,
    );
  });

  test('JSON', () => {
    expect(textOf(inJson, '{\n  "apps": [{ "script": "a.js" }]\n}\n')).toContain('"node_args": "--import ./t.js"');
  });

  test.each([
    `script: 'npm',`,
    `script: 'a.py',\n      interpreter: 'python3',`,
    `script: 'a.js',\n      interpreter: 'bun',`,
  ])('%s stays', (entries) => {
    expect(inJs(app(entries), preload).kind).toBe('none');
  });
});

describe('package.json and nodemon.json', () => {
  test('the scripts that start something', () => {
    const text =
      '{\n\t"scripts": {\n\t\t"start": "node a.js",\n\t\t"dev": "concurrently \\"nodemon a.js\\" \\"vite\\"",\n\t\t"seed": "node seed.js",\n\t\t"test": "node b.js"\n\t}\n}\n';
    expect(textOf(packageJsonWithPreload, text)).toBe(
      text.replace('node a.js', 'node --import ./t.js a.js').replace('nodemon a.js', 'nodemon --import=./t.js a.js'),
    );
  });

  test('what nodemon starts', () => {
    expect(textOf(nodemonJsonWithPreload, '{ "exec": "tsx src/a.ts" }')).toBe(
      '{ "exec": "tsx --import ./t.js src/a.ts" }',
    );
    expect(nodemonJsonWithPreload('{ "watch": ["src"] }', preload).kind).toBe('none');
  });
});
