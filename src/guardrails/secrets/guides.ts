import type { SecretSource } from '../../answers/answers.ts';
import type { Edit } from '../../tree/tree.ts';

const guides: Record<SecretSource, string> = {
  env: 'environment variables, and the `.env` file on a laptop',
  file: 'an encrypted file in this repository',
  'dotenv-vault': 'dotenv-vault',
  vault: 'HashiCorp Vault or OpenBao',
  aws: 'AWS Secrets Manager',
};

const heading = '## Where the app looks, in this order\n';

/** Lists the guides of the chosen sources in `docs/secrets.md`. */
export function addGuides(sources: readonly SecretSource[]): Edit {
  const list = sources.map(
    (source, index) => `${index + 1}. \`${source}\`: [${guides[source]}](secrets/${source}.md)\n`,
  );
  return (text) => (text.includes(list.join('')) ? false : text.replace(heading, `${heading}\n${list.join('')}`));
}
