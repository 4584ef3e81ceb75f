/**
 * What can be had alone: health and stopping, the request log, protection of browsers and against floods, who may do what, budgets for
 * what costs money, paid services that pages use through the server.
 */
export type Part = 'operability' | 'logs' | 'security' | 'auth' | 'spending' | 'relay' | 'private';

/** Every part, in no order that matters. */
export const allParts: ReadonlySet<Part> = new Set([
  'operability',
  'logs',
  'security',
  'auth',
  'spending',
  'relay',
  'private',
]);

const filesOf: Readonly<Record<Part, readonly string[]>> = {
  operability: ['health', 'shutdown'],
  logs: ['request-log'],
  security: ['body-limit', 'browser-headers', 'cross-origin', 'page-elsewhere', 'rate-limit'],
  auth: [
    'access',
    'access-rules',
    'accounts',
    'add-user',
    'address',
    'addresses',
    'attempts',
    'authenticate',
    'bearer-token',
    'begin-sign-in',
    'cookies',
    'database',
    'finish-sign-in',
    'gate',
    'identity',
    'invitation-page',
    'invitation-routes',
    'invitations',
    'invite',
    'issuer',
    'local-issuer',
    'local-issuer-codes',
    'local-issuer-page',
    'local-issuer-tokens',
    'own-path',
    'page',
    'password-rule',
    'people',
    'person',
    'remove-user',
    'preflights',
    'refusal',
    'roles',
    'ruling',
    'same-site',
    'sealed',
    'server-lock',
    'session',
    'session-cookie',
    'sign-in-body',
    'sign-in-client',
    'sign-in-limits',
    'sign-in-page',
    'sign-in-pages',
    'signing-key',
    'token-cache',
    'unlisted',
    'upgrade-keys',
    'user-command',
    'user-of',
    'user-routes',
    'users',
    'users-in-env',
  ],
  private: ['private-files', 'public-files'],
  spending: ['budget', 'spending'],
  relay: ['relay', 'upstreams'],
};

/** Which guardrail a guard file belongs to, by its path in the `guardrails` folder. What more than one needs is `wiring`. */
export function partOf(path: string): Part | 'wiring' {
  const name = path.replace(/\.\w+$/, '');
  const found = [...allParts].find((part) => filesOf[part].includes(name));
  return found ?? 'wiring';
}
