import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A stand-in for Vault on loopback: one entry of a key-value store. Gives the settings that docs/secrets/vault.md names. */
export async function startStore(): Promise<Record<string, string>> {
  let version = 0;
  let data = {};
  const server = createServer(async (request, response) => {
    if (request.headers['x-vault-token'] !== 'a-token') return void response.writeHead(403).end('{}');
    if (request.method === 'POST') {
      ({ data } = JSON.parse(await text(request)) as { data: object });
      version += 1;
    }
    response.writeHead(version === 0 ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: { data, metadata: { version } } }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { VAULT_ADDR: `http://127.0.0.1:${port}`, VAULT_SECRET_PATH: 'secret/my-app', VAULT_TOKEN: 'a-token' };
}
