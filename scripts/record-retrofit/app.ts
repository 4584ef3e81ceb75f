import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { startProvider } from './provider.ts';

/** The project as it is started after the retrofit. */
export interface App {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** Lets somebody in, leads the app to a stand-in for the service that it pays for, and starts it. */
export async function startRetrofitted(
  folder: string,
  provider: typeof startProvider,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<App> {
  const env = { ...process.env, NEW_PASSWORD: password };
  execFileSync('node', ['guardrails/add-user.cjs', email, 'admin'], { cwd: folder, env, stdio: 'ignore' });
  const key = /^OPENAI_API_KEY=(.*)$/m.exec(readFileSync(join(folder, '.env'), 'utf8'))?.[1] ?? '';
  const { address: service, stop } = await provider(key.replaceAll(/["']/g, ''));
  replaceIn(folder, 'guardrails/upstreams.cjs', 'https://api.openai.com', service);
  const port = await freePort();
  replaceIn(folder, 'server.js', 'const PORT = 3000;', `const PORT = ${port};`);
  const child = spawn('npm', ['run', '--silent', 'start'], {
    cwd: folder,
    env: { ...process.env, OPENAI_BASE_URL: `${service}/v1` },
    detached: true,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const address = `http://127.0.0.1:${port}/`;
  await answering(address);
  return {
    address,
    stop: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
      stop();
    },
  };
}

function replaceIn(folder: string, path: string, from: string, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(join(folder, path), text.replace(from, to));
}

async function answering(address: string): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
    const answer = await fetch(address, { redirect: 'manual' }).catch(() => undefined);
    if (answer) return;
  }
  throw new Error(`${address} does not answer`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
