// Reads the labelled texts of gitleaks from its Go sources: `tps` (must be found) and `fps` (must not), and makes the values that
// gitleaks makes at run time from regular expressions. Nothing of it is run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSet, Labelled } from './labelled.ts';
import { GoReader, type Value } from './go-values.ts';

const rulesFolder = 'cmd/generate/config/rules';

/** The rules whose `fps` are no secrets of any other rule either. */
const generalRules = /^(?:generic|privatekey|jwt|curl|sourcegraph)\.go$/;

export function gitleaksData(checkout: string): DataSet[] {
  const folder = join(checkout, rulesFolder);
  const found: Labelled[] = [];
  const clean: Labelled[] = [];
  let notExpanded = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'))) {
    for (const body of readFileSync(join(folder, name), 'utf8')
      .split(/^func /m)
      .slice(1)) {
      const tps = listOf(body, 'tps', name);
      const fps = listOf(body, 'fps', name);
      notExpanded += tps.notExpanded + fps.notExpanded;
      for (const text of tps.texts) found.push({ text, path: 'line', secret: true });
      if (generalRules.test(name)) for (const text of fps.texts) clean.push({ text, path: 'line', secret: false });
    }
  }
  return [{ name: 'gitleaks', rows: [...found, ...clean], notExpanded }];
}

/** Every text that is put into a list of this name in the body of a function. */
function listOf(body: string, name: string, seed: string): { texts: string[]; notExpanded: number } {
  const reader = new GoReader(body, seed);
  const texts: string[] = [];
  let notExpanded = 0;
  for (const { index, 0: start } of body.matchAll(new RegExp(`^\\s*${name}\\s*:?=\\s*`, 'gm'))) {
    const values = reader.valuesAt(index + start.length);
    for (const value of values.flatMap((one: Value) => (Array.isArray(one) ? one : [one]))) {
      if (typeof value === 'string') texts.push(value);
      else notExpanded++;
    }
  }
  return { texts: texts.filter((text) => text.trim() !== ''), notExpanded };
}
