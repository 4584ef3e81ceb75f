// Puts a secret into AWS Secrets Manager, beside the other fields of the JSON secret.
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { fieldsOf } from '../../src/guardrails/secrets/aws.ts';
import { clientFor, failure } from '../../src/guardrails/secrets/aws-client.ts';
import type { Environment } from '../../src/guardrails/secrets/source.ts';

/** Writes a new version of the secret. */
export async function write(name: string, value: string, environment: Environment): Promise<string> {
  const { client, id, options } = clientFor(environment);
  const fields = { ...(await fieldsOf(environment)), [name]: value };
  const command = new PutSecretValueCommand({ SecretId: id, SecretString: JSON.stringify(fields) });
  await client.send(command, options()).catch(failure);
  return `written to ${id} in AWS Secrets Manager. The app reads it at its next start.`;
}
