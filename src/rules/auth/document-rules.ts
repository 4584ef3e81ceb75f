import { parse } from 'jsonc-parser';
import type { Repository } from '../../repository/repository.ts';
import { shown } from '../offending-line.ts';
import type { RuleFinding } from '../rule.ts';

/** Rules of Firestore, Storage and the Realtime Database that let everybody in; a pass for files that do not. */
export function openRules(repository: Repository): RuleFinding[] {
  return repository.files.flatMap(({ path, role }): RuleFinding[] => {
    if (role === 'fixture') return [];
    const text = /(?:firestore|storage)\.rules$|database\.rules\.json$/.test(path) ? repository.read(path) : undefined;
    if (text === undefined) return [];
    const failures = path.endsWith('.json') ? ofRealtime(path, text) : ofStatements(path, text);
    return failures.length > 0
      ? failures
      : [{ verdict: 'pass', message: 'The rules of the database name who may do what.', where: { path } }];
  });
}

/** `allow read, write: if true;`, `allow read;`, and the test mode that ends on a day. */
function ofStatements(path: string, text: string): RuleFinding[] {
  return withoutComments(text)
    .split('\n')
    .flatMap((line, index): RuleFinding[] => {
      const [, actions = '', condition] = /\ballow\s+([\w\s,]+?)\s*(?::\s*if\s+([^;]+))?;/.exec(line) ?? [];
      if (actions === '') return [];
      const isOpen = condition === undefined || condition.trim() === 'true';
      const isTestMode = /^request\.time\s*<\s*timestamp\.date\(/.test(condition?.trim() ?? '');
      if (!isOpen && !isTestMode) return [];
      return [failure({ path, line: index + 1, text: line, writes: /write|create|update|delete/.test(actions) })];
    });
}

/** `{ "rules": { ".read": true, ".write": "true" } }`. */
function ofRealtime(path: string, text: string): RuleFinding[] {
  const json: unknown = parse(text, [], { allowTrailingComma: true });
  if (typeof json !== 'object' || json === null) return [];
  return text.split('\n').flatMap((line, index): RuleFinding[] => {
    const [, action] = /"\.(read|write)"\s*:\s*"?true"?\s*[,}]?\s*$/.exec(line) ?? [];
    return action === undefined ? [] : [failure({ path, line: index + 1, text: line, writes: action === 'write' })];
  });
}

function failure({
  path,
  line,
  text,
  writes,
}: {
  path: string;
  line: number;
  text: string;
  writes: boolean;
}): RuleFinding {
  return {
    verdict: 'fail',
    message: writes
      ? 'Anyone can change and delete what lies in the database.'
      : 'Anyone can read what lies in the database.',
    where: { path, line },
    confidence: writes ? 'likely' : 'review',
    evidence: shown(text),
    remedy: 'Ask for the user: `if request.auth != null && request.auth.uid == userId`.',
  };
}

/** Comments become spaces, so that lines stay where they are. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
}
