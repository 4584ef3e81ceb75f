import { expect, test } from 'vitest';
import { serversOf } from '../../src/frameworks/servers.ts';
import { guardFilesIn, type Kit } from '../../src/dialect/kit.ts';
import { channelsOf } from '../../src/frameworks/channels.ts';
import { accessOf } from '../../src/retrofit/access-of.ts';
import { doorsOf } from '../../src/retrofit/doors.ts';
import { inputs } from '../support/answers.ts';
import { repositoryOf } from '../support/repository.ts';

const manifest = JSON.stringify({ name: 'chat', dependencies: { express: '5', fastify: '5', hono: '4' } });
const express =
  "const app = require('express')();\nconst server = require('http').createServer(app);\napp.get('/', a);\n";
const listening = 'server.listen(3000);\n';
const ws = "const { WebSocketServer } = require('ws');\n";
const io = "const { Server } = require('socket.io');\n";

test.each([
  ['nothing', '', []],
  ['socket.io', `${io}const io = new Server(server);\n`, ['USE /socket.io', 'UPGRADE /socket.io']],
  ['socket.io as it was', "const io = require('socket.io')(server);\n", ['USE /socket.io', 'UPGRADE /socket.io']],
  [
    'socket.io elsewhere',
    `${io}const io = new Server(server, { cors: {}, path: '/chat/' });\n`,
    ['USE /chat', 'UPGRADE /chat'],
  ],
  [
    'options with a name',
    `${io}const path = '/chat';\nconst options = { path };\nconst io = new Server(server, options);\n`,
    ['USE /chat', 'UPGRADE /chat'],
  ],
  ['ws with a path', `${ws}new WebSocketServer({ server, path: '/live' });\n`, ['UPGRADE /live']],
  ['ws anywhere', `${ws}new WebSocketServer({ server });\n`, ['UPGRADE /*']],
  [
    'ws by hand',
    `${ws}const wss = new WebSocketServer({ noServer: true });\nserver.on('upgrade', (req, socket, head) => {\n  if (req.url === '/live') wss.handleUpgrade(req, socket, head, join);\n});\n`,
    ['UPGRADE /live'],
  ],
  [
    'ws by hand, below an address',
    `${ws}const wss = new WebSocketServer({ noServer: true });\nserver.on('upgrade', (req, socket, head) => {\n  if (req.url.startsWith('/rooms/')) wss.handleUpgrade(req, socket, head, join);\n});\n`,
    ['UPGRADE /*'],
  ],
  [
    'express-ws',
    "const expressWs = require('express-ws');\nexpressWs(app);\napp.ws('/echo', (socket) => socket.on('message', say));\n",
    ['UPGRADE /echo', 'GET /echo/.websocket'],
  ],
])('Express, %s', (_name, code, keys) => {
  expect(keysIn(express + code + listening)).toEqual(keys);
});

test('Fastify: sockets are routes, with their prefix', () => {
  const code = `import Fastify from 'fastify';
import websocket from '@fastify/websocket';
const app = Fastify();
app.register(websocket);
app.register(async (scope) => {
  scope.get('/rooms/:id', { websocket: true }, (socket) => socket.on('message', say));
}, { prefix: '/api' });
app.listen({ port: 3000 });
`;
  expect(keysIn(code)).toEqual(['UPGRADE /api/rooms/:id']);
});

test('Hono: sockets are routes as well', () => {
  const code = `import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import { createNodeWebSocket } from '@hono/node-ws';
const app = new Hono();
const { injectWebSocket, upgradeWebSocket } = createNodeWebSocket({ app });
app.get('/live', upgradeWebSocket(() => ({ onMessage: say })));
injectWebSocket(serve({ fetch: app.fetch }));
`;
  expect(keysIn(code)).toEqual(['UPGRADE /live']);
});

test.each([
  ['@nestjs/platform-socket.io', '', ['USE /socket.io', 'UPGRADE /socket.io']],
  ['@nestjs/platform-socket.io', "{ path: '/chat' }", ['USE /chat', 'UPGRADE /chat']],
  ['@nestjs/platform-ws', "{ path: '/live' }", ['UPGRADE /live']],
  ['@nestjs/platform-ws', '', ['UPGRADE /']],
])('NestJS with %s and %s', (platform, options, keys) => {
  const files = {
    'package.json': JSON.stringify({ name: 'chat', dependencies: { '@nestjs/core': '11', [platform]: '11' } }),
    'src/main.ts':
      "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nasync function main() {\n  const app = await NestFactory.create(AppModule);\n  await app.listen(3000);\n}\nmain();\n",
    'src/app.module.ts':
      "import { Module } from '@nestjs/common';\nimport { Chat } from './chat';\n@Module({ providers: [Chat] })\nexport class AppModule {}\n",
    'src/chat.ts': `import { WebSocketGateway, SubscribeMessage } from '@nestjs/websockets';\n@WebSocketGateway(${options})\nexport class Chat {\n  @SubscribeMessage('say')\n  say(text: string) { return text; }\n}\n`,
  };
  const repository = repositoryOf(files);
  const [found] = serversOf(repository);
  expect(doorsOf(repository, found!).map(({ key }) => key)).toEqual(keys);
});

test('what the project checks by itself is said', () => {
  const check = `io.use((socket, next) => { try { jwt.verify(socket.handshake.auth.token, key); next(); } catch { next(new Error('unauthorized')); } });\n`;
  const code = `${express}const jwt = require('jsonwebtoken');\n${io}const io = new Server(server);\n${check}${listening}`;
  expect(doorsIn(code).map(({ guard }) => guard.state)).toEqual(['refused', 'refused']);
});

function keysIn(code: string): string[] {
  return doorsIn(code).map(({ key }) => key);
}

function doorsIn(code: string): ReturnType<typeof doorsOf> {
  const repository = repositoryOf({ 'package.json': manifest, 'server.js': code });
  const [server] = serversOf(repository);
  if (!server) throw new Error('no server was found');
  return doorsOf(repository, server);
}

test('what the project checks by itself stays its own in the table', () => {
  const check = `io.use((socket, next) => { try { jwt.verify(socket.handshake.auth.token, key); next(); } catch { next(new Error('unauthorized')); } });\n`;
  const code = `${express}const jwt = require('jsonwebtoken');\n${io}const io = new Server(server);\n${check}${listening}`;
  const repository = repositoryOf({ 'package.json': manifest, 'server.js': code });
  const [server] = serversOf(repository);
  const entries = accessOf(repository, server!).filter(({ key }) => key.endsWith('/socket.io'));
  expect(entries.map(({ key, kind }) => [key, kind])).toEqual([
    ['USE /socket.io', 'kept'],
    ['UPGRADE /socket.io', 'kept'],
  ]);
  expect(entries[0]?.rule).toMatch(/^open\('its own check stands at server\.js:/);
});

test('a socket behind the guards is known to be guarded, and one that the table opens is not', () => {
  const kit: Kit = { framework: 'express', parts: new Set(['auth']), identity: 'password', access: {} };
  const guardFiles = (access: Kit['access']): Record<string, string> =>
    Object.fromEntries(
      [...guardFilesIn('cjs', { ...kit, access }, inputs.templates)].map(([path, text]) => [
        `guardrails/${path}`,
        text,
      ]),
    );
  const code = `const { guard } = require('./guardrails/index.cjs');\n${express.replace('app.get(', 'guard(app);\napp.get(')}${io}new Server(server);\n${listening}`;
  const guardsOf = (access: Kit['access']): string[] =>
    channelsOf(repositoryOf({ 'package.json': manifest, 'server.js': code, ...guardFiles(access) })).map(
      ({ guard }) => guard.state,
    );
  expect(guardsOf({ 'USE /socket.io': "'user'" })).toEqual(['refused']);
  expect(guardsOf({ 'USE /socket.io': "open('anybody may chat')" })).toEqual(['open']);
});
