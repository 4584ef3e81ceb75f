import type { Templates } from '../flow/templates.ts';
import { toCommonJs } from './common-js.ts';
import { erasures } from './erase.ts';
import { parseTyped } from './parse-typed.ts';
import { prepared } from './prepared.ts';
import { edited } from './spans.ts';
import { tidied } from './tidy.ts';
import { toModule } from './modules.ts';

/** How a project's own files import: ES modules (`.mjs`) or CommonJS (`.cjs`); said by the ending, so that package.json does not matter. */
export type Dialect = 'mjs' | 'cjs';

/**
 * One of our guard files as plain JavaScript: without types, comments kept, formatted as prettier would.
 * Throws `NotInDialect` where the file needs another variant. Empty where it holds nothing but types. Templates may have it ready.
 */
export function inDialect(typescript: string, dialect: Dialect, templates?: Templates): string {
  const key = `${dialect} ${typescript}`;
  const ready = known.get(key) ?? (templates && prepared(typescript, dialect, templates));
  const made = ready ?? translated(typescript, dialect);
  known.set(key, made);
  return made;
}

/** One plan asks for the same file several times. */
const known = new Map<string, string>();

function translated(typescript: string, dialect: Dialect): string {
  const program = parseTyped(typescript);
  const spans = [...erasures(program, typescript), ...(dialect === 'cjs' ? toCommonJs : toModule)(program, typescript)];
  return tidied(edited(typescript, spans));
}
