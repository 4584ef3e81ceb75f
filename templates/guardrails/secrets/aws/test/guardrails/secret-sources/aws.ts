// Tries AWS Secrets Manager as a source of secrets, with a stand-in for its server on this computer.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { open } from '../../../src/guardrails/secrets/aws.ts';
import type { Harness, Values } from './harness.ts';

const account = 'STANDIN';
let kept: Values | 'silence' = {};

const server: Server = createServer((request, response) => {
  request.resume();
  if (kept === 'silence') return;
  const isSignedIn = request.headers.authorization?.includes(`Credential=${account}/`);
  const refusal = { __type: 'AccessDeniedException', message: Object.values(kept).join() };
  const answer = isSignedIn ? { Name: 'app', SecretString: JSON.stringify(kept) } : refusal;
  response
    .writeHead(isSignedIn ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' })
    .end(JSON.stringify(answer));
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

async function openWith(values: Values | 'silence', more: Values = {}): Promise<ReturnType<typeof open>> {
  kept = values;
  const { port } = server.address() as AddressInfo;
  return open({
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-central-1',
    AWS_SECRET_ID: 'app',
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'stand-in',
    ...more,
  });
}

export const harness: Harness = {
  keeping: (values) => openWith(values),
  wrongKey: (values) => openWith(values, { AWS_ACCESS_KEY_ID: 'ANOTHER' }),
  silent: () => openWith('silence', { SECRETS_TIMEOUT_MS: '100' }),
  close: async () => {
    server.closeAllConnections();
    server.close();
  },
};
