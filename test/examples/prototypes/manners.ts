/** What each prototype is asked, and who may ask it after the retrofit. */
export interface Manners {
  /** The script of its package.json that starts it. */
  readonly script: string;
  /** Method and path, and a JSON body where there is one. Strangers got an answer before, and get none after. */
  readonly closed: readonly Ask[];
  /** What strangers get before and after. */
  readonly open: readonly Ask[];
  /** A page of its own: a browser that is not signed in is led to where one signs in. */
  readonly page?: string;
  /** Whether it has tests of its own. */
  readonly tests?: boolean;
}

export type Ask = readonly [line: string, body?: object];

/** By folder name; those whose sign-in is their own, and those without a server, have tests of their own. */
export const manners: Readonly<Record<string, Manners>> = {
  'express4-meeting-notes': {
    script: 'start',
    page: '/',
    closed: [
      ['GET /'],
      ['GET /styles.css'],
      ['GET /api/meetings'],
      ['GET /api/meetings/2'],
      ['POST /api/meetings', { title: 'Retro', notes: 'Keep the demo short.' }],
      ['POST /api/meetings', { title: 'Retro' }],
      ['POST /api/meetings/1/summary', {}],
      ['DELETE /api/meetings/3'],
      ['GET /api/meetings/99'],
    ],
    open: [['GET /api/health'], ['GET /vendor/react/react.production.min.js'], ['GET /api/admin/export']],
  },
  'express4-classes-ts': {
    script: 'start',
    closed: [
      ['GET /orders'],
      ['GET /orders/1'],
      ['GET /orders/99'],
      ['GET /orders/customer/Bakker/open'],
      ['POST /orders', { customer: 'Bakker', items: ['hose'] }],
      ['POST /orders', { customer: 'Bakker' }],
      ['PUT /orders/1', { state: 'shipped' }],
      ['DELETE /orders/2'],
    ],
    open: [],
  },
  'express4-workspaces': {
    script: 'start',
    closed: [
      ['GET /api/items'],
      ['GET /api/items?q=bolt'],
      ['GET /api/items/A-100'],
      ['PUT /api/items/A-100/stock', { stock: 5 }],
      ['POST /api/orders', { sku: 'B-017', amount: 2 }],
      ['POST /api/orders', { sku: 'none' }],
    ],
    open: [['GET /api/status']],
  },
  'express5-socketio-chat': {
    script: 'start',
    page: '/',
    closed: [
      ['GET /chat.js'],
      ['GET /api/users'],
      ['GET /api/rooms'],
      ['GET /api/rooms/1/messages'],
      ['GET /any/page'],
      ['DELETE /api/users/7'],
      ['GET /socket.io/socket.io.js'],
    ],
    open: [],
  },
  'fastify5-factory': {
    script: 'start',
    tests: true,
    closed: [
      ['GET /api/todos'],
      ['GET /api/todos/1'],
      ['GET /api/todos/x'],
      ['GET /api/stats'],
      ['POST /api/todos', { title: 'Buy stamps' }],
      ['POST /api/todos', {}],
      ['PATCH /api/todos/1', {}],
      ['DELETE /api/todos/2'],
      ['GET /nope'],
    ],
    open: [['GET /health']],
  },
  'hono4-openapi': {
    script: 'dev',
    closed: [
      ['GET /api/books'],
      ['GET /api/books/1'],
      ['GET /api/books/x'],
      ['POST /api/books', { title: 'Momo' }],
      ['PUT /api/books/1/lend', { to: 'Ana' }],
      ['DELETE /api/books/2'],
      ['GET /docs/openapi.json'],
      ['GET /docs/ui'],
    ],
    open: [],
  },
};
