import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A package registry on this machine that has our package as it would be published. */
export interface Registry {
  readonly url: string;
  close(): void;
}

/** Packs this checkout into a folder and serves it. Packages of others are at `elsewhere`, or nowhere. */
export async function registryOfOurs(
  folder: string,
  environment: NodeJS.ProcessEnv,
  elsewhere?: string,
): Promise<Registry> {
  const words = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const packed = execFileSync('npm', words, { encoding: 'utf8', env: environment });
  const server = serve(readFileSync(join(folder, packed.trim())), elsewhere);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: addressOf(server), close: () => server.close() };
}

function serve(tarball: Buffer, elsewhere: string | undefined): Server {
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const { name, version, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
  const server = createServer((request, response) => {
    if (request.url === '/it.tgz') return void response.end(tarball);
    if (request.url !== `/${String(name)}`)
      return void (elsewhere === undefined
        ? response.writeHead(404).end('{}')
        : response.writeHead(302, { location: new URL(request.url ?? '/', elsewhere).href }).end());
    const dist = { tarball: `${addressOf(server)}/it.tgz`, integrity };
    const versions = { [String(version)]: { name, version, bin, dist } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  });
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
