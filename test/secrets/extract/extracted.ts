import { applySpans } from '../../../src/code/edit/spans.ts';
import { guarded } from '../../../src/code/edit/guarded.ts';
import { extractSecrets, type ExtractOptions, type Extraction } from '../../../src/secrets/extract/extract.ts';
import type { SecretFinding } from '../../../src/secrets/finding.ts';
import { secretsIn } from '../../../src/secrets/secrets-in.ts';
import { repositoryOf } from '../../support/repository.ts';

export interface Extracted {
  readonly extraction: Extraction;
  /** The files afterwards. */
  readonly files: Readonly<Record<string, string>>;
  /** Names and values of what has to be set. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `path:line why` of what stays. */
  readonly explained: readonly string[];
}

const manifest = { 'package.json': '{ "scripts": { "start": "node server.js" } }' };

/** Takes the secrets out of these files. */
export async function extracted(
  files: Readonly<Record<string, string>>,
  options: ExtractOptions = {},
  more: readonly SecretFinding[] = [],
): Promise<Extracted> {
  const all = { ...manifest, ...files };
  const repository = repositoryOf(all);
  const extraction = await extractSecrets(repository, [...(await secretsIn(repository)), ...more], options);
  const after: Record<string, string> = { ...files };
  for (const { path, edits } of extraction.files) {
    const text = files[path] ?? '';
    const result = guarded(path, text, edits);
    if (result.kind === 'refused') throw new Error(`${path}: ${result.why}`);
    after[path] = applySpans(text, edits);
  }
  return {
    extraction,
    files: after,
    env: Object.fromEntries(extraction.env.map(({ name, value }) => [name, value])),
    explained: extraction.explained.map(({ where, why }) => `${where.path}:${where.line} ${why}`),
  };
}

/** The same for one file that the program starts with. */
export async function fromServer(
  text: string,
  options?: ExtractOptions,
  path = 'server.js',
): Promise<Extracted & { readonly text: string }> {
  const found = await extracted({ [path]: text }, options);
  return { ...found, text: found.files[path] ?? '' };
}
