import type { Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';

const rule = 'security/input-validated';

/** Ways in which a route file reads what was sent without a schema, in the three frameworks. */
const rawReads =
  /\b(?:req|request)\.(?:body|query|params)\b|\breq\.(?:json|query|param|queries|parseBody|formData|text)\(/;

/** Every route file that reads input must hand it to a schema: `readInput(schema, …)`, `valid(part, schema)` or `schema.parse(…)`. */
export function inspectInput(project: Project): Finding {
  const routes = project.tree.paths().filter((path) => /^src\/routes\/.*\.ts$/.test(path));
  for (const path of routes) {
    const line = rawLine(project.read(path) ?? '');
    if (line === undefined) continue;
    const message = 'a route uses what was sent to it without checking its shape';
    return { rule, verdict: 'fail', message, where: `${path}:${line}`, remedy: 'read it with a schema of src/schemas' };
  }
  if (routes.length === 0) return { rule, verdict: 'unknown', message: 'there is no src/routes to look into' };
  return { rule, verdict: 'pass', message: 'routes read input through schemas', where: routes.join(', ') };
}

/** The number of the first line that reads raw input and names no schema call, from 1. */
function rawLine(text: string): number | undefined {
  const index = text
    .split('\n')
    .findIndex((line) => rawReads.test(line) && !/\breadInput\(|\.(?:safeP|p)arse\(/.test(line));
  return index === -1 ? undefined : index + 1;
}
