/**
 * What can be had alone: health and stopping, the request log, protection of browsers and against floods, who may do what, budgets for
 * what costs money, paid services that pages use through the server.
 */
export type Part = 'operability' | 'logs' | 'security' | 'auth' | 'spending' | 'relay';

/** Every part, in no order that matters. */
export const allParts: ReadonlySet<Part> = new Set(['operability', 'logs', 'security', 'auth', 'spending', 'relay']);

const filesOf: Readonly<Record<Part, readonly string[]>> = {
  operability: ['health', 'shutdown'],
  logs: ['request-log'],
  security: ['body-limit', 'browser-headers', 'cross-origin', 'rate-limit'],
  auth: [
    'access',
    'access-rules',
    'add-user',
    'address',
    'attempts',
    'authenticate',
    'bearer-token',
    'begin-sign-in',
    'cookies',
    'finish-sign-in',
    'gate',
    'issuer',
    'local-issuer',
    'local-issuer-codes',
    'local-issuer-page',
    'local-issuer-tokens',
    'own-path',
    'people',
    'person',
    'roles',
    'ruling',
    'same-site',
    'sealed',
    'server-lock',
    'session',
    'sign-in-body',
    'sign-in-client',
    'sign-in-page',
    'sign-in-pages',
    'token-cache',
    'upgrade-keys',
    'user-routes',
  ],
  spending: ['budget', 'spending'],
  relay: ['relay', 'upstreams'],
};

/** Which guardrail a guard file belongs to, by its path in the `guardrails` folder. What more than one needs is `wiring`. */
export function partOf(path: string): Part | 'wiring' {
  const name = path.replace(/\.\w+$/, '');
  const found = [...allParts].find((part) => filesOf[part].includes(name));
  return found ?? 'wiring';
}
