// Secrets from environment variables: what a hosting platform, a CI system or the git-ignored .env file gives.
import { type Environment, pick, type SecretSource } from './source.ts';

/** Opens the environment as a source of secrets. */
export function open(environment: Environment): SecretSource {
  return { name: 'env', fetch: async (names) => pick(environment, names) };
}
