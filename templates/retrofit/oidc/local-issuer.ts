// A sign-in service for this machine only, to try the app without the one of a company: node guardrails/local-issuer [port]
import './environment.ts';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { Answer } from './call.ts';
import { addressWithCode, checkRequest, loopback, redeem } from './local-issuer-codes.ts';
import { chosenPerson, peoplePage } from './local-issuer-page.ts';
import { localTokens, type LocalTokens } from './local-issuer-tokens.ts';
import { send } from './passage.ts';

const port = Number(process.argv[2] ?? 4100);
const issuer = `http://127.0.0.1:${port}`;

if (process.env['NODE_ENV'] === 'production') fail('this is not for production: here anybody is whoever they say');
else if (!(port >= 1 && port <= 65_535)) fail('say on which port, such as 4100, or leave it out');
else void run();

async function run(): Promise<void> {
  const tokens = await localTokens(issuer);
  const server = createServer(async (req, res) => {
    const { headers, ...reply } = await answer(req, tokens).catch(invalid);
    send(res, { ...reply, headers: { 'cache-control': 'no-store', ...headers } });
  });
  server.once('error', ({ message }) => fail(`there can be no sign-in service at ${issuer}: ${message}`));
  server.listen(port, '127.0.0.1', () => process.stdout.write(usage()));
}

async function answer(req: IncomingMessage, tokens: LocalTokens): Promise<Answer> {
  const { origin = issuer, host } = req.headers;
  if (`http://${host}` !== issuer || origin !== issuer) return json(403, { error: 'access_denied' });
  const { pathname, searchParams: asked } = new URL(req.url ?? '/', issuer);
  switch (`${req.method} ${pathname}`) {
    case 'GET /.well-known/openid-configuration':
      return json(200, metadata);
    case 'GET /keys':
      return json(200, tokens.keys);
    case 'GET /authorize':
      checkRequest(asked);
      return peoplePage(new URL(loopback(asked.get('redirect_uri'))).origin);
    case 'POST /authorize':
      return moved(addressWithCode({ asked, person: chosenPerson(await formOf(req)) }, issuer));
    case 'POST /token': {
      const grant = redeem(await formOf(req));
      return grant ? json(200, await tokens.forGrant(grant)) : json(400, { error: 'invalid_grant' });
    }
    case 'GET /token-for':
      return { status: 200, body: await tokens.forProgram(chosenPerson(asked)) };
    case 'GET /end-session':
      return moved(loopback(asked.get('post_logout_redirect_uri')));
    default:
      return json(404, { error: 'not_found' });
  }
}

const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  end_session_endpoint: `${issuer}/end-session`,
  jwks_uri: `${issuer}/keys`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
};

function json(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function invalid(error: Error): Answer {
  return json(400, { error: 'invalid_request', error_description: error.message });
}

function moved(location: string): Answer {
  return { status: 303, headers: { location } };
}

async function formOf(req: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of req) text += String(chunk);
  return new URLSearchParams(text);
}

function usage(): string {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, AUTH_SECRET } = process.env;
  const lines = [
    ...(OIDC_ISSUER === issuer ? [] : [`OIDC_ISSUER=${issuer}`]),
    ...(OIDC_CLIENT_ID ? [] : ['OIDC_CLIENT_ID=this-app']),
    ...(AUTH_SECRET ? [] : [`AUTH_SECRET=${randomBytes(32).toString('base64url')}`]),
  ];
  const advice = lines.length > 0 ? `\nPut these lines into .env:\n\n${lines.join('\n')}\n` : '';
  return `The sign-in service of this machine runs at ${issuer} until you press Ctrl-C. It asks for no password.
${advice}
Then start the app in a second terminal and open it: a page that is not for everybody leads here, and you pick who you are.
A token for a program: curl '${issuer}/token-for?email=anna@example.com&roles='
`;
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 2;
}
