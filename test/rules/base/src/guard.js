import { createRemoteJWKSet, jwtVerify } from 'jose';

/** Turns a bearer token into the user it was issued to; throws when it is not valid here and now. */
export function tokenReader({ AUTH_ISSUER, AUTH_AUDIENCE }) {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', AUTH_ISSUER));
  return async (token) => {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: AUTH_ISSUER,
      audience: AUTH_AUDIENCE,
      requiredClaims: ['exp', 'sub'],
    });
    return { id: payload.sub };
  };
}

/** Refuses everybody who does not say who they are. Stands before every route that is not public. */
export function requireUser(readToken) {
  return async (request, response, next) => {
    const [, token] = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '') ?? [];
    if (token === undefined) return response.status(401).json({ error: 'sign in first' });
    try {
      request.user = await readToken(token);
    } catch {
      request.log.warn({ event: 'token refused' }, 'a token was refused');
      return response.status(401).json({ error: 'sign in first' });
    }
    next();
  };
}
