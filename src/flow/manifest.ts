import { createHash } from 'node:crypto';
import type { Answers } from '../answers/answers.ts';
import type { Project } from './project.ts';

/** Writes `shipshape.json` (for people: answers, waivers) and `.shipshape/manifest.json` (for machines: version, file hashes). */
export function writeManifest({ tree, answers, values }: Project, version: string): void {
  const people = { answers: recorded(answers, values.created ?? ''), waivers: [] };
  tree.write('shipshape.json', `${listsOnOneLine(JSON.stringify(people, null, 2))}\n`);
  const files = Object.fromEntries(tree.paths().map((path) => [path, hash(tree.read(path) ?? '')]));
  tree.write('.shipshape/manifest.json', `${JSON.stringify({ version, files }, null, 2)}\n`);
}

/** The answers that stay true of a project, not how this one run went; in one order, whatever the order in which they were given. */
function recorded(answers: Answers, created: string): object {
  const { name, starter, framework, auth, signUp, secrets, ci, owner, secondOwner, onCall, data } = answers;
  const { expires, afterExpiry, runtime, packageManager } = answers;
  const made = { name, starter, framework, auth, signUp, secrets, ci };
  return { ...made, owner, secondOwner, onCall, data, expires, afterExpiry, runtime, packageManager, created };
}

/** Short lists of words as people and formatters write them. */
function listsOnOneLine(json: string): string {
  return json.replace(/\[\s+([^[\]]*?)\s+\]/g, (_list, items: string) => `[${items.replace(/\s+/g, ' ')}]`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
