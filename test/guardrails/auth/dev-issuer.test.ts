import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { planCreate } from '../../../src/flow/create.ts';
import { answersWith, inputs } from '../../support/answers.ts';

test('dev:issuer says in words that its port is taken', async () => {
  const port = await takenPort();
  const { status, stdout, stderr } = startIssuer(`http://127.0.0.1:${port}`);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(`No sign-in service at http://127.0.0.1:${port}: something else listens there`);
  expect(stderr).not.toContain('    at ');
});

function startIssuer(OIDC_ISSUER: string) {
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-issuer-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of planCreate(answersWith({ auth: 'oidc' }), inputs).files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(resolve('test/workbench/node_modules'), join(folder, 'node_modules'));
  const env = { ...process.env, NODE_ENV: 'development', OIDC_ISSUER, OIDC_AUDIENCE: 'claims' };
  return spawnSync(resolve('test/workbench/node_modules/.bin/node'), ['scripts/dev-issuer.ts'], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 20_000,
  });
}

async function takenPort(): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}
