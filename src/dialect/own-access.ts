import type { Kit } from './kit.ts';

/** Who may call the addresses of the guards themselves. */
export function ownAccess({ parts, identity }: Pick<Kit, 'parts' | 'identity'>): Readonly<Record<string, string>> {
  return { ...(parts.has('operability') && healthAccess), ...identityAccess[identity] };
}

const health = "open('asked for by whatever runs the app; says nothing but ok')";
const stranger = "open('whoever signs in is a stranger until then')";

const healthAccess = { 'GET /livez': health, 'GET /readyz': health };

const identityAccess: Readonly<Record<Kit['identity'], Readonly<Record<string, string>>>> = {
  password: {
    'GET /auth/me': "'user'",
    'GET /sign-in': stranger,
    'POST /sign-in': stranger,
    'POST /sign-out': "'user'",
  },
  oidc: {
    'GET /auth/me': "'user'",
    'GET /sign-in': stranger,
    'GET /sign-in/callback': stranger,
    'GET /sign-out': stranger,
    'POST /sign-out': "'user'",
  },
};
