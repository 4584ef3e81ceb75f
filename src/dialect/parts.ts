/** What can be had alone: health and stopping, the request log, protection of browsers and against floods, who may do what. */
export type Part = 'operability' | 'logs' | 'security' | 'auth';

/** Every part, in no order that matters. */
export const allParts: ReadonlySet<Part> = new Set(['operability', 'logs', 'security', 'auth']);

const filesOf: Readonly<Record<Part, readonly string[]>> = {
  operability: ['health', 'shutdown'],
  logs: ['request-log'],
  security: ['body-limit', 'browser-headers', 'cross-origin', 'rate-limit'],
  auth: [
    'access',
    'access-rules',
    'add-user',
    'attempts',
    'authenticate',
    'gate',
    'issuer',
    'people',
    'roles',
    'ruling',
    'same-site',
    'server-lock',
    'session',
    'sign-in-body',
    'sign-in-page',
    'token-cache',
    'upgrade-keys',
    'user-routes',
  ],
};

/** Which guardrail a guard file belongs to, by its path in the `guardrails` folder. What more than one needs is `wiring`. */
export function partOf(path: string): Part | 'wiring' {
  const name = path.replace(/\.\w+$/, '');
  const found = [...allParts].find((part) => filesOf[part].includes(name));
  return found ?? 'wiring';
}
