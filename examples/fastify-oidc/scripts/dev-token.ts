// npm run dev:token: a token from the sign-in service on this machine, ready to be pasted into a terminal.
import { parseArgs } from 'node:util';
import { config } from '../src/guardrails/config.ts';

try {
  const options = {
    user: { type: 'string', default: 'developer' },
    role: { type: 'string', default: 'user' },
  } as const;
  const { user, role } = parseArgs({ options }).values;
  const token = await askFor(new URLSearchParams({ user, role }));
  const app = `http://127.0.0.1:${config.PORT}`;
  console.log(process.stdout.isTTY ? `curl -H "authorization: Bearer ${token}" ${app}/auth/me` : token);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function askFor(wish: URLSearchParams): Promise<string> {
  const address = new URL(`/token?${wish}`, config.OIDC_ISSUER);
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) throw new Error(`No local issuer at ${config.OIDC_ISSUER}. First run: npm run dev:issuer`);
  return ((await response.json()) as { token: string }).token;
}
