import { expect, test } from 'vitest';
import { routesOf } from './routes-of.ts';

const manifest = JSON.stringify({ name: 'page' });

test('functions of Vercel: a file is a route, and a method that is told apart is one', () => {
  const files = {
    'package.json': manifest,
    'vercel.json': '{}',
    'api/orders/[id].js':
      "module.exports = (req, res) => { if (req.method !== 'DELETE') return res.status(405).end(); res.json({}); };",
    'api/me.ts':
      'export default async function handler(req, res) { if (!req.headers.authorization) return res.status(401).end(); res.json({}); }',
    'api/_shared.js': 'module.exports = () => {};',
    'api/index.js': "const express = require('express');\nconst app = express();\nmodule.exports = app;",
  };
  expect(routesOf(files).toSorted()).toEqual(['ALL /api/me refused', 'DELETE /api/orders/:id open']);
});

test('a folder named api is no function where no platform serves it', () => {
  expect(
    routesOf({
      'package.json': manifest,
      'api/users.js': 'export default function list() { return fetch("/users"); }',
    }),
  ).toEqual([]);
});

test('functions of Netlify', () => {
  const files = {
    'package.json': manifest,
    'netlify/functions/hello.js': 'exports.handler = async (event) => ({ statusCode: 200 });',
  };
  expect(routesOf(files)).toEqual(['ALL /.netlify/functions/hello open']);
});

/** An edge function that does something after a check. */
function serve(check: string): string {
  return `Deno.serve(async (req) => { if (req.method === 'OPTIONS') return new Response(null); ${check} return new Response('done'); });`;
}

test('functions of Supabase: the gateway lets the public key of the page pass', () => {
  const files = {
    'package.json': manifest,
    'supabase/config.toml': '[functions.hook]\nverify_jwt = false\n\n[functions.pay]\nverify_jwt = true\n',
    'supabase/functions/hook/index.ts': serve(
      "if (req.method === 'GET') { const token = new URL(req.url).searchParams.get('token'); if (token === Deno.env.get('T')) return new Response('ok'); return new Response('no', { status: 403 }); }",
    ),
    'supabase/functions/pay/index.ts': serve(''),
    'supabase/functions/remove/index.ts': serve(
      'const supabase = createClient(); const { data: { user }, error } = await supabase.auth.getUser(); if (error || !user) return new Response("", { status: 401 });',
    ),
  };
  expect(routesOf(files)).toEqual([
    'ALL /functions/v1/hook open',
    'ALL /functions/v1/pay unknown',
    'ALL /functions/v1/remove refused',
  ]);
});
