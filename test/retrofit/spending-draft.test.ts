import { expect, test } from 'vitest';
import { draftSpending } from '../../src/retrofit/spending/draft-spending.ts';
import { defineRetrofit } from '../../src/retrofit/retrofitter.ts';
import { drafting, type Files } from './tests-scene.ts';

const retrofitter = defineRetrofit({ id: 'security', retrofit: draftSpending });
const manifest = JSON.stringify({ name: 'app', dependencies: { express: '5', openai: '4', 'socket.io': '4' } });
const server = `const express = require('express');
const OpenAI = require('openai');
const openai = new OpenAI();
const app = express();
app.post('/ask', async (req, res) => res.json(await openai.chat.completions.create(req.body)));
app.get('/notes', (req, res) => res.json([]));
const http = require('http').createServer(app);
const io = require('socket.io')(http);
io.on('connection', (socket) => {
  socket.on('typing', () => socket.broadcast.emit('typing'));
  socket.on('ask', async (text) => socket.emit('answer', await openai.responses.create({ input: text })));
});
http.listen(3000);
`;

async function drafted(files: Files) {
  return drafting(
    files,
    retrofitter,
    { guardrails: ['security', 'auth'] },
    { guards: { path: 'server.js', dialect: 'cjs' }, node: '20.20.2' },
  );
}

test('routes that cost money are listed and have a budget; messages are told of', async () => {
  const { files, left } = await drafted({ 'package.json': manifest, 'server.js': server });
  expect(files['guardrails/spending.cjs']).toContain("  'POST /ask': 'OpenAI',\n");
  expect(files['guardrails/index.cjs']).toContain("require('./budget.cjs')");
  expect(files['guardrails/settings.cjs']).toContain('BUDGET_PER_USER');
  expect(left.map(({ where }) => where)).toMatchObject([{ path: 'server.js', line: 11 }]);
  const again = await drafted(files);
  expect(again.steps).toEqual([]);
});

test('a route that has come since is told of, with its line', async () => {
  const { files } = await drafted({ 'package.json': manifest, 'server.js': server });
  const more = `${server}app.post('/paint', async (req, res) => res.json(await openai.images.generate(req.body)));\n`;
  const { steps, left } = await drafted({ ...files, 'server.js': more });
  expect(steps).toEqual([]);
  expect(left[0]).toMatchObject({ where: { path: 'guardrails/spending.cjs' }, lines: ["  'POST /paint': 'OpenAI',"] });
});

test('an app that pays nobody gets none of it', async () => {
  const free = server.replaceAll(/.*openai.*\n/gi, '');
  const { steps, left } = await drafted({ 'package.json': manifest, 'server.js': free });
  expect([steps, left]).toEqual([[], []]);
});
