import { createHash } from 'node:crypto';
import type { Templates } from '../flow/templates.ts';
import type { Dialect } from './dialect.ts';

const folder = 'in-dialect';
const known = new WeakMap<Templates, ReadonlySet<string>>();

/** The template that holds a text in a dialect, where the build has made one: parsing costs time that nobody wants to wait for. */
export function preparedPath(typescript: string, dialect: Dialect): string {
  return `${folder}/${createHash('sha256').update(typescript).digest('hex').slice(0, 24)}.${dialect}`;
}

/** What the build has made of a text; undefined where it has made nothing, such as in a checkout. */
export function prepared(typescript: string, dialect: Dialect, templates: Templates): string | undefined {
  const names = known.get(templates) ?? new Set(templates.list(folder));
  known.set(templates, names);
  const path = preparedPath(typescript, dialect);
  return names.has(path.slice(folder.length + 1)) ? templates.render(path, {}) : undefined;
}
