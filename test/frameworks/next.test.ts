import { describe, expect, test } from 'vitest';
import { doorsOf, routesOf } from './routes-of.ts';

const manifest = (next = '15.4.0'): string =>
  JSON.stringify({ name: 'shop', scripts: { start: 'next start' }, dependencies: { next } });
const page = 'export default function Page() { return null; }\n';

function app(files: Readonly<Record<string, string>>, next?: string): Record<string, string> {
  return { 'package.json': manifest(next), 'app/page.tsx': page, ...files };
}

describe('routes of the app router', () => {
  test('folders are paths: groups vanish, brackets are parameters', () => {
    const route =
      'export async function GET() { return Response.json([]); }\nexport const POST = async () => Response.json({});\n';
    expect(
      routesOf(
        app({ 'src/app/(shop)/api/orders/[id]/lines/route.ts': route, 'src/app/files/[[...path]]/route.js': route }),
      ),
    ).toEqual([
      'GET /api/orders/:id/lines open',
      'POST /api/orders/:id/lines open',
      'GET /files/:path* open',
      'POST /files/:path* open',
    ]);
  });

  test('basePath stands before every route', () => {
    const files = {
      'next.config.mjs': "export default { basePath: '/shop' };\n",
      'app/api/a/route.ts': 'export function GET() {}\n',
    };
    expect(routesOf(app(files))).toEqual(['GET /shop/api/a open']);
  });

  test.each([
    [
      'a session that is asked for',
      "import { getServerSession } from 'next-auth';\nexport async function GET() { const session = await getServerSession(); if (!session) return new Response('no', { status: 401 }); return Response.json([]); }",
    ],
    [
      'clerk',
      "import { auth } from '@clerk/nextjs/server';\nexport async function GET() { const { userId } = await auth(); if (!userId) { return Response.json({ error: 'no' }, { status: 401 }); } return Response.json([]); }",
    ],
    [
      'supabase',
      "import { createClient } from '@/lib/supabase';\nexport async function GET() { const supabase = createClient(); const { data: { user }, error } = await supabase.auth.getUser(); if (error || !user) return Response.json({}, { status: 401 }); return Response.json([]); }",
    ],
    [
      'a header that is compared',
      "export async function GET(request) { if (request.headers.get('authorization') !== `Bearer ${process.env.CRON}`) return new Response('', { status: 401 }); return Response.json([]); }",
    ],
    [
      'a helper that throws',
      "import { requireUser } from './require-user';\nexport async function GET() { await requireUser(); return Response.json([]); }",
    ],
    [
      'a wrapper of the repository',
      "import { withUser } from './with-user';\nexport const GET = withUser(async () => Response.json([]));",
    ],
    [
      'a cached helper, and an answer that is passed on',
      "import { requireAdmin } from './admin';\nexport async function GET(request) { const { admin, response } = await requireAdmin(request); if (response) { return response; } return Response.json(admin); }",
    ],
    [
      'work in the branch of the signed-in',
      "import { auth } from '@/auth';\nexport const GET = async () => { const session = await auth(); if (session) { return Response.json([]); } return Response.json({}, { status: 403 }); };",
    ],
  ])('is refused by %s', (_, text) => {
    const files = {
      'app/api/a/route.ts': text,
      'app/api/a/require-user.ts':
        "import { cookies } from 'next/headers';\nexport async function requireUser() { const token = (await cookies()).get('session'); if (!token) throw new Error('sign in'); return token; }",
      'app/api/a/profile.ts':
        "export async function getProfile() { const supabase = createClient(); const user = (await supabase.auth.getUser()).data.user; if (!user) throw new Error('User not found'); return user; }",
      'app/api/a/admin.ts':
        "import { cache } from 'react';\nconst cached = cache(async () => { const token = (await cookies()).get('session'); return token ? find(token) : null; });\nexport const getUser = () => cached();\nexport async function requireAdmin() { const user = await getUser(); if (user?.role !== 'admin') return { response: Response.json({}, { status: 403 }) }; return { admin: user }; }",
      'app/api/a/with-user.ts':
        "export const withUser = (handler) => async (request) => { const token = request.cookies.get('session'); if (!token) return new Response('', { status: 401 }); return handler(request); };",
    };
    expect(routesOf(app(files))).toEqual(['GET /api/a refused']);
  });

  test.each([
    [
      'a session that changes the answer only',
      "import { auth } from '@/auth';\nexport async function GET() { const session = await auth(); if (!session) return Response.json({ user: null }); return Response.json({ user: session.user }); }",
    ],
    [
      'a wrong password',
      'export async function POST(request) { const { email, password } = await request.json(); const user = await find(email, password); if (!user) return Response.json({}, { status: 401 }); return Response.json(user); }',
    ],
    [
      'a check that comes after the answer',
      "import { getServerSession } from 'next-auth';\nexport default async function handler(req, res) { res.json(await list()); const session = await getServerSession(req, res); if (!session) return res.status(401).end(); }",
    ],
    [
      'a missing field',
      "export async function POST(request) { const token = request.headers.get('x-device-token'); if (!token) return Response.json({}, { status: 400 }); return Response.json([]); }",
    ],
  ])('stays open with %s', (_, text) => {
    const path = text.includes('export default') ? 'pages/api/a.ts' : 'app/api/a/route.ts';
    expect(routesOf(app({ [path]: text }))).toEqual([expect.stringMatching(/^\w+ \/api\/a open$/)]);
  });

  test('what a library answers is not guessed', () => {
    const text =
      "import { createRouteHandler } from 'uploadthing/next';\nexport const { GET, POST } = createRouteHandler({});\n";
    expect(routesOf(app({ 'app/api/a/route.ts': text }))).toEqual(['GET /api/a unknown', 'POST /api/a unknown']);
  });
});

describe('middleware alone', () => {
  const files = {
    'middleware.ts':
      "import { NextResponse } from 'next/server';\nexport function middleware(request) { if (!request.cookies.get('session')) return NextResponse.redirect('/login'); return NextResponse.next(); }\nexport const config = { matcher: ['/api/:path*'] };\n",
    'app/api/a/route.ts': 'export function GET() {}\n',
    'app/feed/route.ts': 'export function GET() {}\n',
  };

  test('keeps the routes of its matcher where no header walks around it', () => {
    expect(routesOf(app(files))).toEqual(['GET /api/a refused', 'GET /feed open']);
  });

  test('keeps nothing in a version where a header does (CVE-2025-29927)', () => {
    expect(routesOf(app(files, '14.2.3'))).toEqual(['GET /api/a open', 'GET /feed open']);
  });
});

test.each([
  [
    'paths that pass before the check',
    "if (pathname.startsWith('/api/open')) return NextResponse.next();\n  if (!request.cookies.get('session')) return new Response('', { status: 401 });",
  ],
  [
    'a list of paths that pass',
    "const open = ['/api/open'];\n  if (open.some((path) => pathname.startsWith(path))) { return NextResponse.next(); }\n  if (!request.cookies.get('session')) return new Response('', { status: 401 });",
  ],
  [
    'a check for some paths only',
    "if (pathname.startsWith('/api/kept')) { if (!request.cookies.get('session')) return new Response('', { status: 401 }); }",
  ],
  [
    'a test that has a name',
    "const isKept = pathname.startsWith('/api/kept');\n  const session = request.cookies.get('session');\n  if (isKept && !session) return new Response('', { status: 401 });",
  ],
])('middleware with %s', (_, body) => {
  const middleware = `import { NextResponse } from 'next/server';\nexport default function proxy(request) {\n  const { pathname } = request.nextUrl;\n  ${body}\n  return NextResponse.next();\n}\n`;
  const route = 'export function GET() {}\n';
  expect(
    routesOf(app({ 'proxy.ts': middleware, 'app/api/kept/route.ts': route, 'app/api/open/route.ts': route })),
  ).toEqual(['GET /api/kept refused', 'GET /api/open open']);
});

test('pages/api: one route for each method that is told apart', () => {
  const split =
    "export default async function handler(req, res) { if (!req.headers.authorization) return res.status(401).end(); if (req.method === 'GET') { return res.json([]); } switch (req.method) { case 'DELETE': return res.end(); } }";
  expect(
    routesOf(
      app({ 'pages/api/orders/index.ts': split, 'pages/api/ping.ts': 'export default (req, res) => res.end();' }),
    ),
  ).toEqual(['GET /api/orders refused', 'DELETE /api/orders refused', 'ALL /api/ping open']);
});

test('server actions are doors', () => {
  const actions =
    "'use server';\nimport { auth } from '@/auth';\nexport async function remove(id) { const session = await auth(); if (!session) return { error: 'no' }; await drop(id); }\nexport async function add(data) { await insert(data); }\n";
  const inline =
    "export default function Page() { async function save(data) { 'use server'; await insert(data); } return null; }\n";
  expect(doorsOf(app({ 'app/actions.ts': actions, 'app/new/page.tsx': inline }))).toEqual([
    'server-action refused',
    'server-action open',
    'server-action open',
  ]);
});
