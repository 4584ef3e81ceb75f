import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import type { Templates, Values } from '../flow/templates.ts';
import { folderLister } from './template-folders.ts';

/** Handlebars options of every template: no HTML escaping, and a missing value is an error. */
export const compileOptions = { noEscape: true, strict: true } as const;

/** The text of every template file below a folder, by path. */
export function readTemplateFiles(root: string): ReadonlyMap<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

/** Templates read from the checkout; what ships is the packed form that `npm run build` makes of them. */
export function templatesOnDisk(root: string): Templates {
  const files = readTemplateFiles(root);
  const handlebars = Handlebars.create();
  const compiled = new Map<string, HandlebarsTemplateDelegate>();
  const render = (path: string, values: Values): string => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`there is no template ${path}`);
    if (!path.endsWith('.hbs')) return text;
    const template = compiled.get(path) ?? handlebars.compile<Values>(text, compileOptions);
    compiled.set(path, template);
    return template(values);
  };
  return { list: folderLister([...files.keys()]), render };
}
