import { expect, test } from 'vitest';
import { startLines } from '../../src/guardrails/tests/how-it-starts.ts';
import { sceneOf, type Files } from './tests-scene.ts';

const listens = "const app = require('express')();\napp.listen(3000);\n";

test.each<[string, object, Files, string]>([
  ['start', { start: 'node server.js' }, { 'server.js': listens }, 'node server.js'],
  [
    'start with what comes before',
    { start: 'npm run docs && node src/app.js' },
    { 'src/app.js': listens },
    'node src/app.js',
  ],
  ['nodemon', { dev: "nodemon --ignore 'db.json' server.js" }, { 'server.js': listens }, 'node server.js'],
  [
    'nodemon with a program, without quotes',
    { dev: 'nodemon --exec ts-node src/server.ts --watch src' },
    { 'src/server.ts': listens },
    'ts-node src/server.ts',
  ],
  [
    'nodemon with a program',
    { dev: 'nodemon --exec "ts-node" src/server.ts --watch src' },
    { 'src/server.ts': listens },
    'ts-node src/server.ts',
  ],
  ['node --watch', { dev: 'node --watch src/app.js' }, { 'src/app.js': listens }, 'node src/app.js'],
  [
    'settings in front',
    { start: 'NODE_ENV=production node app.js' },
    { 'app.js': listens },
    'NODE_ENV=production node app.js',
  ],
  ['tsx watch', { dev: 'tsx watch src/index.ts' }, { 'src/index.ts': listens }, 'tsx src/index.ts'],
  [
    'what is built, where dev runs the source',
    { start: 'node dist/server.cjs', dev: 'tsx server.ts' },
    { 'server.ts': listens },
    'tsx server.ts, or node dist/server.cjs',
  ],
  [
    'what is built, where nothing else is',
    { start: 'node dist/app.js', build: 'tsc' },
    { 'src/app.ts': listens },
    'npm run build && node dist/app.js',
  ],
  ['pages', { start: 'react-scripts start' }, { 'server.js': listens }, 'node server.js'],
  ['nothing', {}, { 'server.js': listens }, 'node server.js'],
])('%s', (_name, scripts, files, expected) => {
  const manifest = JSON.stringify({ scripts, dependencies: { express: '^5.0.0' } });
  const { repository, server } = sceneOf({ 'package.json': manifest, ...files });
  expect(server && startLines(repository, server).join(', or ')).toBe(expected);
});
