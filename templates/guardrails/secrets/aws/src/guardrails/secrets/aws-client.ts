// Speaks to AWS Secrets Manager: it waits only so long, and what it says when it fails never contains a secret.
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Environment, patience, SourceError } from './source.ts';

/** A client, the name of the secret, and how long one call may take. The key of AWS comes from where its tools look for it. */
export function clientFor(environment: Environment) {
  const { AWS_SECRET_ID: id, AWS_REGION, AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint } = environment;
  if (!id) throw new SourceError('aws', 'AWS_SECRET_ID is not set.', 'set it (docs/secrets/aws.md)');
  const region = AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const sessionToken = environment.AWS_SESSION_TOKEN;
  const client = new SecretsManagerClient({
    maxAttempts: 2,
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(accessKeyId &&
      secretAccessKey && { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }),
  });
  return { client, id, options: () => ({ abortSignal: AbortSignal.timeout(patience(environment)) }) };
}

/** Says what went wrong by the name that AWS or the network gives it; their messages may contain more than that. */
export function failure({ name = 'UnknownError', code }: { readonly name?: string; readonly code?: string }): never {
  const why = /^(?:Abort|Timeout)Error$/.test(name) ? 'does not answer.' : `refused (${name}).`;
  throw new SourceError(
    'aws',
    code?.startsWith('E') ? `cannot be reached (${code}).` : why,
    'check AWS_SECRET_ID, AWS_REGION and the rights of this role (docs/secrets/aws.md)',
  );
}
