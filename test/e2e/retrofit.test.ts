import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { git, key, orders, put, textOf, tree } from '../cli/retrofit-prototype.ts';
import {
  emptyFolder,
  environment,
  freePort,
  installPacked,
  npm,
  shipshape,
  startScript,
  type Running,
} from './packed.ts';

const top = emptyFolder();
const folder = join(top, 'orders');
const password = 'correct horse battery';

afterAll(() => rmSync(top, { recursive: true, force: true }));

interface Told {
  readonly code: string;
  readonly installed: boolean;
  readonly proof: { readonly routes: readonly { key: string; verdict: string; why: string }[] };
}

/** Waits until somebody listens; a refusal is an answer. */
async function answered(url: string): Promise<Response> {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return answer;
  }
  throw new Error(`${url} does not answer`);
}

test(
  'from the packed tarball: a prototype is proven, written, installed and tested; strangers stay out, who signs in works on; undo gives it back',
  { timeout: 400_000 },
  async () => {
    const binary = installPacked();
    put(folder, orders);
    npm(folder, 'install', '--package-lock-only', '--no-audit', '--no-fund');
    git(folder, 'init', '--quiet', '--initial-branch=main');
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message', 'first');
    const before = tree(folder);

    const out = shipshape(binary, folder, 'retrofit', '--owner', '@ana', '--yes', '--json');
    expect(out).not.toContain(key);
    const told = JSON.parse(out) as Told;
    expect(told.code).toBe('retrofitted');
    const unproven = told.proof.routes.filter(({ verdict }) => verdict !== 'same');
    expect(unproven).toEqual([]);
    expect(told.proof.routes.map((route) => route.key)).toContain('POST /orders');
    expect(textOf(folder, 'server.js')).not.toContain(key);

    npm(folder, 'test');
    execFileSync('node', ['guardrails/add-user.cjs', 'ana@example.com'], {
      cwd: folder,
      env: environment({ NEW_PASSWORD: password }),
    });
    const port = await freePort();
    await livesOn(startScript(folder, 'start', { PORT: String(port) }), `http://127.0.0.1:${port}`);

    shipshape(binary, folder, 'undo', '--yes');
    // Ana was let in by hand: that is nothing that retrofit has done.
    expect(tree(folder)).toMatchObject(before);
    expect(Object.keys(tree(folder)).filter((path) => path.startsWith('guardrails/'))).toEqual([]);
  },
);

/** Strangers stay out, and who signs in gets what everybody got before. */
async function livesOn(running: Running, at: string): Promise<void> {
  try {
    expect((await answered(`${at}/orders`)).status, running.output()).toBe(401);
    expect((await answered(`${at}/livez`)).status).toBe(200);
    const signedIn = await fetch(`${at}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', origin: at },
      body: JSON.stringify({ email: 'ana@example.com', password }),
    });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const list = await fetch(`${at}/orders`, { headers: { cookie } });
    expect([list.status, await list.json()]).toEqual([200, [{ id: 1, what: 'tea' }]]);
  } finally {
    await running.stop();
  }
}
