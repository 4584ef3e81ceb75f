import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shipshape } from './shipshape.ts';

let folder: string;

const server = `
const http = require('node:http');
http.createServer((request, response) => {
  if (request.url === '/secret') {
    // Looks open to whoever reads it; the key of every hour is refused all the same.
    const allowed = [].concat(request.headers['x-key'] ?? []).includes(String(Math.floor(Date.now() / 3600000)));
    response.statusCode = allowed ? 200 : 401;
    return response.end();
  }
  if (request.url === '/orders' && request.method === 'GET') {
    response.setHeader('content-type', 'application/json');
    return response.end('[{"id":1}]');
  }
  response.statusCode = 404;
  response.end();
}).listen(3000);
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-boot-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { start: 'node server.js' } }));
  writeFileSync(join(folder, 'server.js'), server);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('nothing is run without a word: exit 2, and what to type', () => {
  const { code, err } = shipshape(['check', folder, '--boot'], tmpdir());
  expect(code).toBe(2);
  expect(err).toContain('Add --yes to agree');
});

test('--yes alone is refused', () => {
  const { code, err } = shipshape(['check', folder, '--yes'], tmpdir());
  expect(code).toBe(2);
  expect(err).toContain('--boot');
});

test('what a stranger met is certain, and the folder stays as it was', () => {
  const words = ['check', folder, '--boot', '--yes', '--json', '--only', 'auth/default-deny,operability'];
  const { code, out } = shipshape(words, tmpdir());
  const { findings } = JSON.parse(out) as { findings: Record<string, string>[] };
  const open = findings.filter(({ rule, verdict }) => rule === 'auth/default-deny' && verdict === 'fail');
  expect(open).toHaveLength(1);
  expect(open[0]).toMatchObject({ confidence: 'certain', evidence: 'GET /orders -> 200' });
  expect(findings.some(({ evidence }) => evidence?.startsWith('after SIGTERM'))).toBe(true);
  expect(code).toBe(1);
  expect(readdirSync(folder).toSorted()).toEqual(['package.json', 'server.js']);
});
