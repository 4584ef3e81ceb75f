import { expect, test } from 'vitest';
import { doorsOf } from './routes-of.ts';

const manifest = JSON.stringify({ name: 'chat' });

test.each([
  [
    'socket.io open',
    "const { Server } = require('socket.io');\nconst io = new Server(server);\nio.on('connection', (socket) => { socket.on('say', save); });",
  ],
  [
    'socket.io open',
    "import { Server } from 'socket.io';\nconst io = new Server(server);\nio.on('connection', (socket) => { const id = socket.handshake.auth.id; socket.on('say', (text) => save(id, text)); });",
  ],
  [
    'socket.io refused',
    "import { Server } from 'socket.io';\nimport jwt from 'jsonwebtoken';\nconst io = new Server(server);\nio.use((socket, next) => { try { socket.user = jwt.verify(socket.handshake.auth.token, key); next(); } catch { next(new Error('unauthorized')); } });",
  ],
  [
    'socket.io refused',
    "import { Server } from 'socket.io';\nconst io = new Server(server, { allowRequest: (req, callback) => { callback(null, Boolean(req.headers.cookie) || false); if (!req.headers.cookie) return callback(null, false); } });",
  ],
  [
    'websocket open',
    "import { WebSocketServer } from 'ws';\nconst wss = new WebSocketServer({ server });\nwss.on('connection', (ws) => ws.on('message', run));",
  ],
  [
    'websocket refused',
    "import { WebSocketServer } from 'ws';\nconst wss = new WebSocketServer({ noServer: true });\nserver.on('upgrade', (req, socket, head) => { const user = authenticate(req); if (!user) { socket.write('HTTP/1.1 401 Unauthorized'); socket.destroy(); return; } wss.handleUpgrade(req, socket, head, () => {}); });",
  ],
  [
    'websocket refused',
    "const WebSocket = require('ws');\nconst wss = new WebSocket.Server({ server });\nwss.on('connection', (ws, req) => { const token = req.headers.authorization; if (!token) { ws.close(4001); return; } ws.on('message', run); });",
  ],
  [
    'graphql unknown',
    "import mercurius from 'mercurius';\nexport const build = (app) => app.register(mercurius, { schema, resolvers });",
  ],
  [
    'graphql refused',
    "import { ApolloServer } from '@apollo/server';\nconst server = new ApolloServer({ typeDefs, context: ({ req }) => { const user = verifyToken(req.headers.authorization); if (!user) throw new Error('sign in first'); return { user }; } });",
  ],
  [
    'trpc open',
    "import { publicProcedure } from './trpc';\nexport const router = { remove: publicProcedure.input(x).mutation(({ input }) => drop(input)) };",
  ],
  [
    'trpc refused',
    "import { userProcedure } from './trpc';\nexport const router = { remove: userProcedure.input(x).mutation(({ input }) => drop(input)) };",
  ],
])('%s', (door, text) => {
  const trpc =
    "import { initTRPC, TRPCError } from '@trpc/server';\nconst t = initTRPC.create();\nconst isUser = t.middleware(({ ctx, next }) => { if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED' }); return next(); });\nexport const publicProcedure = t.procedure;\nexport const userProcedure = t.procedure.use(isUser);\n";
  expect(
    doorsOf({
      'package.json': manifest,
      'server.js': text,
      'trpc.js': trpc,
      'root.js': "import { router } from './server.js';\nexport const all = router;",
      'left-behind.js':
        "import { publicProcedure } from './trpc';\nexport const old = { drop: publicProcedure.mutation(() => drop()) };",
    }),
  ).toEqual([door]);
});
