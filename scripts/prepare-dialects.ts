import { inDialect } from '../src/dialect/dialect.ts';
import { sharedTemplates } from '../src/dialect/kit.ts';
import { NotInDialect } from '../src/dialect/not-in-dialect.ts';
import { preparedPath } from '../src/dialect/prepared.ts';

/** The same templates, and what existing projects get of them as ES modules and as CommonJS. */
export function withDialects(templates: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const all = new Map(templates);
  const shared = new Set(sharedTemplates);
  for (const [path, text] of templates)
    if (shared.has(path) || /^retrofit\/.*\.ts$/.test(path))
      for (const dialect of ['mjs', 'cjs'] as const) {
        const made = translated(text, dialect);
        if (made !== undefined) all.set(preparedPath(text, dialect), made);
      }
  return all;
}

/** Some files have variants, as one module system cannot do what they do in the other. */
function translated(text: string, dialect: 'mjs' | 'cjs'): string | undefined {
  try {
    return inDialect(text, dialect);
  } catch (error) {
    if (error instanceof NotInDialect) return undefined;
    throw error;
  }
}
