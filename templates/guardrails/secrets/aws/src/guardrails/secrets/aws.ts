// Secrets from AWS Secrets Manager: the fields of one JSON secret, which AWS_SECRET_ID names.
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { clientFor, failure } from './aws-client.ts';
import { type Environment, pick, type SecretSource } from './source.ts';

/** Opens the secret that AWS_SECRET_ID names. */
export function open(environment: Environment): SecretSource {
  const fetch = async (names: readonly string[]): Promise<Record<string, string>> =>
    names.length === 0 ? {} : pick(await fieldsOf(environment), names);
  return { name: 'aws', fetch };
}

/** All fields of the secret. */
export async function fieldsOf(environment: Environment): Promise<Readonly<Record<string, unknown>>> {
  const { client, id, options } = clientFor(environment);
  const { SecretString = '' } = await client
    .send(new GetSecretValueCommand({ SecretId: id }), options())
    .catch(failure);
  try {
    return JSON.parse(SecretString) as Record<string, unknown>;
  } catch {
    return failure({ name: 'is not JSON' });
  }
}
