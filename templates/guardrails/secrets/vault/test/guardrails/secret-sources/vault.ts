// Tries Vault as a source of secrets, with a stand-in for its server on this computer.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { open } from '../../../src/guardrails/secrets/vault.ts';
import type { Harness, Values } from './harness.ts';

const token = 'stand-in';
let kept: Values | 'silence' = {};

const server: Server = createServer((request, response) => {
  if (kept === 'silence') return;
  const isSignedIn = request.headers['x-vault-token'] === token;
  const answer = request.url === '/v1/secret/data/app' && isSignedIn ? 200 : isSignedIn ? 404 : 403;
  const errors = { errors: ['permission denied', ...Object.values(kept)] };
  response
    .writeHead(answer)
    .end(JSON.stringify(answer === 200 ? { data: { data: kept, metadata: { version: 1 } } } : errors));
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

async function openWith(values: Values | 'silence', withToken = token): Promise<ReturnType<typeof open>> {
  kept = values;
  const { port } = server.address() as AddressInfo;
  return open({
    VAULT_ADDR: `http://127.0.0.1:${port}`,
    VAULT_SECRET_PATH: 'secret/app',
    VAULT_TOKEN: withToken,
    SECRETS_TIMEOUT_MS: '100',
  });
}

export const harness: Harness = {
  keeping: (values) => openWith(values),
  wrongKey: (values) => openWith(values, 'another'),
  noKey: (values) => openWith(values, ''),
  silent: () => openWith('silence'),
  close: async () => {
    server.closeAllConnections();
    server.close();
  },
};
