// npm run dev:issuer: a sign-in service on this machine, so that routes can be called without one of your company.
import { config } from '../src/guardrails/config.ts';
import { startIssuer } from './local-issuer.ts';

const { hostname, port } = new URL(config.OIDC_ISSUER);
const example = 'http://127.0.0.1:4100';

if (config.NODE_ENV === 'production' || hostname !== '127.0.0.1') {
  console.error(
    `OIDC_ISSUER is ${config.OIDC_ISSUER}. To try things on this machine, set OIDC_ISSUER=${example} in .env`,
  );
  process.exit(2);
}

const issuer = await startIssuer({
  port: Number(port || 80),
  audience: config.OIDC_AUDIENCE,
  rolesClaim: config.OIDC_ROLES_CLAIM,
}).catch(refuse);
const app = `http://127.0.0.1:${config.PORT}`;

console.log(`Issues tokens at ${issuer.url} until you press Ctrl-C.
Start the app in a second terminal (npm run dev), then call it from a third:

curl -H "authorization: Bearer ${await issuer.tokenFor('developer', 'user')}" ${app}/auth/me

Tokens for others: npm run dev:token -- --user alice --role admin`);

function refuse(error: NodeJS.ErrnoException): never {
  const why = error.code === 'EADDRINUSE' ? 'something else listens there, perhaps another dev:issuer' : error.message;
  console.error(`No sign-in service at ${config.OIDC_ISSUER}: ${why}.
Stop that, or choose another port in .env, such as OIDC_ISSUER=http://127.0.0.1:4101, and start the app again too.`);
  process.exit(2);
}
