import { toCommonJs } from './common-js.ts';
import { erasures } from './erase.ts';
import { parseTyped } from './parse-typed.ts';
import { edited } from './spans.ts';
import { tidied } from './tidy.ts';
import { toModule } from './modules.ts';

/** How a project's own files import: ES modules (`.mjs`) or CommonJS (`.cjs`); said by the ending, so that package.json does not matter. */
export type Dialect = 'mjs' | 'cjs';

/**
 * One of our guard files as plain JavaScript: without types, comments kept, formatted as prettier would.
 * Throws `NotInDialect` where the file needs another variant. Empty where it holds nothing but types.
 */
export function inDialect(typescript: string, dialect: Dialect): string {
  const key = `${dialect} ${typescript}`;
  const made = known.get(key) ?? translated(typescript, dialect);
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
