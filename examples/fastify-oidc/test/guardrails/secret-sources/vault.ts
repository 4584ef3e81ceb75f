// Tries Vault as a source of secrets, with a stand-in for its server on this computer.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { open } from '../../../src/guardrails/secrets/vault.ts';
import type { Harness, Values } from './harness.ts';

const token = 'stand-in';
let kept: Values | 'silence' = {};

const server = createServer((request, response) => {
  if (kept === 'silence') return;
  const { status, body } = answerTo(request, kept);
  response.writeHead(status).end(JSON.stringify(body));
});
await once(server.listen(0, '127.0.0.1'), 'listening');

/** An AppRole gets the token, the token gets the entry, and everybody else gets an error that tells too much. */
function answerTo({ url, headers }: IncomingMessage, values: Values): { status: number; body: object } {
  if (url === '/v1/auth/approle/login') return { status: 200, body: { auth: { client_token: token } } };
  if (headers['x-vault-token'] !== token) return { status: 403, body: { errors: Object.values(values) } };
  if (url !== '/v1/secret/data/app') return { status: 404, body: { errors: [] } };
  return { status: 200, body: { data: { data: values, metadata: { version: 1 } } } };
}

async function openWith(values: Values | 'silence', credentials: Values): Promise<ReturnType<typeof open>> {
  kept = values;
  const { port } = server.address() as AddressInfo;
  const address = { VAULT_ADDR: `http://127.0.0.1:${port}`, VAULT_SECRET_PATH: 'secret/app' };
  return open({ ...address, ...credentials });
}

export const harness: Harness = {
  keeping: (values) => openWith(values, { VAULT_ROLE_ID: 'app', VAULT_ROLE_SECRET: 'stand-in' }),
  wrongKey: (values) => openWith(values, { VAULT_TOKEN: 'another' }),
  noKey: (values) => openWith(values, {}),
  silent: () => openWith('silence', { VAULT_TOKEN: token, SECRETS_TIMEOUT_MS: '100' }),
  close: async () => {
    server.closeAllConnections();
    server.close();
  },
};
