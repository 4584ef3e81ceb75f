// Gives each test file a sign-in service of its own, with keys made at random when the tests start.
import { startIssuer } from '../scripts/local-issuer.ts';
import { standsOutside } from '../src/guardrails/server-lock.ts';

const audience = 'tests';

/** The sign-in service whose tokens the app accepts in this test file. */
export const issuer = await startIssuer({ port: 0, audience, rolesClaim: 'roles' });
standsOutside(issuer.server);

process.env['OIDC_ISSUER'] = issuer.url;
process.env['OIDC_AUDIENCE'] = audience;
process.env['OIDC_ROLES_CLAIM'] = 'roles';
