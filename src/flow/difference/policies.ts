import type { Repository } from '../../repository/repository.ts';
import type { Loss, LookForLoss } from './loss.ts';

interface Statement {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly table: string;
}

const name = String.raw`(?:if\s+exists\s+)?(?:only\s+)?([\w."]+)`;
const enables = new RegExp(String.raw`\balter\s+table\s+${name}\s+(?:enable|force)\s+row\s+level\s+security`, 'gi');
const disables = new RegExp(
  String.raw`\balter\s+table\s+${name}\s+(?:disable|no\s+force)\s+row\s+level\s+security`,
  'gi',
);
const opens = /\bcreate\s+policy\s+[\s\S]{1,120}?\bon\s+([\w."]+)[^;]*?\b(?:using|with\s+check)\s*\(\s*true\s*\)/gi;

/** Tables whose rows were kept apart by the database and are not any more: switched off, line removed, or a policy that lets everybody in. */
export const disabledPolicies: LookForLoss = (before, after) => [
  ...added(
    before,
    after,
    disables,
    (table) => `The database no longer keeps the rows of ${table} apart: whoever reaches it reads them all.`,
  ),
  ...added(before, after, opens, (table) => `A new policy lets everybody at the rows of ${table}.`),
  ...removed(before, after),
];

function added(before: Repository, after: Repository, pattern: RegExp, message: (table: string) => string): Loss[] {
  const known = new Set(statementsIn(before, pattern).map(({ text }) => plain(text)));
  return statementsIn(after, pattern)
    .filter(({ text }) => !known.has(plain(text)))
    .map(({ path, line, table, text }) => lossAt(message(table), { path, line }, table, plain(text).slice(0, 120)));
}

function removed(before: Repository, after: Repository): Loss[] {
  const kept = new Set(statementsIn(after, enables).map(({ table }) => table));
  return statementsIn(before, enables)
    .filter(({ table, path }) => !kept.has(table) && after.file(path) !== undefined)
    .map(({ path, table, text }) =>
      lossAt(
        `Row level security of ${table} is no longer switched on.`,
        { path },
        table,
        `before: ${plain(text).slice(0, 120)}`,
      ),
    );
}

function statementsIn(repository: Repository, pattern: RegExp): Statement[] {
  return repository.files.flatMap(({ path, role }) => {
    if (role === 'fixture' || !path.endsWith('.sql')) return [];
    const sql = withoutComments(repository.read(path) ?? '');
    return [...sql.matchAll(pattern)].map((match) => ({
      path,
      line: sql.slice(0, match.index).split('\n').length,
      text: match[0],
      table: (match[1] ?? '').replaceAll('"', '').toLowerCase(),
    }));
  });
}

/** Comments become blanks, so that lines stay where they are. */
function withoutComments(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').toLowerCase();
}

function lossAt(message: string, where: { path: string; line?: number }, table: string, evidence: string): Loss {
  return {
    control: 'policy',
    rule: 'auth/data-layer-policies',
    message,
    where,
    remedy: `Switch row level security of ${table} on, with policies that name the caller.`,
    key: `policy ${table} ${evidence}`,
    evidence,
  };
}
