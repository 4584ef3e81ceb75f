import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';

/** Files with which a host or a proxy in front of the app is configured. */
export const proxyFiles =
  /(?:^|\/)(?:vercel\.json|netlify\.toml|_headers|firebase\.json|staticwebapp\.config\.json|Caddyfile|traefik[\w.-]*\.(?:ya?ml|toml)|\.htaccess|[\w.-]*nginx[\w.-]*|[\w.-]+\.conf(?:\.template)?|fly\.toml|serverless\.ya?ml|ingress[\w.-]*\.ya?ml)$/i;

/** The first line of such a file that fits; undefined where there is none. */
export function proxyLine(
  repository: Repository,
  line: RegExp,
): { readonly where: Place; readonly by: string } | undefined {
  for (const { path, role } of repository.files) {
    if (role === 'fixture' || role === 'test' || !proxyFiles.test(path)) continue;
    const lines = (repository.read(path) ?? '').split('\n');
    const index = lines.findIndex((text) => line.test(text) && !/^\s*(?:#|\/\/)/.test(text));
    if (index >= 0) return { where: { path, line: index + 1 }, by: path.split('/').at(-1) ?? path };
  }
  return undefined;
}
