import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplesFrom, type Example } from '../rules/examples.ts';

/** The examples of a rule in an installed create-shipshape, packed beside the bundle by `npm run build`. */
export function shippedExamples(id: string): readonly Example[] {
  const texts = JSON.parse(readFileSync(join(import.meta.dirname, 'rule-examples.json'), 'utf8')) as Record<
    string,
    string
  >;
  return examplesFrom(texts[id] ?? '');
}

/** The examples of a rule in a checkout, which are its tests. */
export function examplesInCheckout(id: string): readonly Example[] {
  const path = join('test/rules/examples', `${id}.md`);
  return existsSync(path) ? examplesFrom(readFileSync(path, 'utf8')) : [];
}
