// This app as the sign-in service knows it: its name there, and how it proves that it is this app.
import type { ClientAuth, Configuration } from 'openid-client';
import { config } from './config.ts';
import { knownIssuer } from './issuer.ts';

type Library = typeof import('openid-client');

/** The sign-in service, ready to be spoken to. */
export interface SignInService {
  readonly library: Library;
  readonly client: Configuration;
}

/** openid-client, and what it has to know. New for each sign-in, so that a change of keys is never overlooked. Throws IssuerUnavailable. */
export async function signInClient(): Promise<SignInService> {
  const { metadata } = await knownIssuer();
  const library = await import('openid-client');
  const tolerance = { [library.clockTolerance]: 5 };
  const proof = proofOf(library, metadata.token_endpoint_auth_methods_supported);
  const client = new library.Configuration({ ...metadata }, config.OIDC_CLIENT_ID, tolerance, proof);
  client.timeout = 5;
  library.enableNonRepudiationChecks(client);
  // Only loopback gets here without https: guardrails/issuer has refused everything else.
  if (metadata.issuer.startsWith('http:')) library.allowInsecureRequests(client);
  return { library, client };
}

/** Without a secret, PKCE alone proves that the same app goes on. */
function proofOf({ None, ClientSecretBasic, ClientSecretPost }: Library, methods: readonly string[] = []): ClientAuth {
  const secret = config.OIDC_CLIENT_SECRET;
  if (secret === '') return None();
  return methods.includes('client_secret_post') ? ClientSecretPost(secret) : ClientSecretBasic(secret);
}
