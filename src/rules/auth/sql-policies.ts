import type { Place } from '../../repository/place.ts';
import { statementsOf } from './sql-statements.ts';

/** A table of the schema that a hosted database shows to clients, and what guards its rows. */
export interface Table {
  readonly name: string;
  readonly where: Place;
  rowSecurity: boolean;
  /** Where row security was turned off again. */
  turnedOffAt: Place | undefined;
  readonly policies: Map<string, Policy>;
}

/** One `CREATE POLICY`. */
export interface Policy {
  readonly name: string;
  readonly where: Place;
  /** The statement, in one line. */
  readonly text: string;
  /** SELECT, INSERT, UPDATE, DELETE or ALL. */
  readonly action: string;
  readonly roles: readonly string[];
}

/** What a row of migrations leaves behind. */
export interface Schema {
  readonly tables: ReadonlyMap<string, Table>;
  /** True when some of it is worked out while it runs (`EXECUTE format(...)`). */
  readonly dynamic: boolean;
}

/** Reads migrations in their order. Tables outside of the schema `public` are left out: clients cannot reach them. */
export function schemaOf(files: readonly { readonly path: string; readonly text: string }[]): Schema {
  const tables = new Map<string, Table>();
  let dynamic = false;
  for (const { path, text } of files) {
    dynamic ||= /\bexecute\s+(?:format\s*\(|')/i.test(text) && /row level security|create policy/i.test(text);
    for (const { statement, line } of statementsOf(text)) apply(tables, statement, { path, line });
  }
  return { tables, dynamic };
}

const identifier = '(?:"[^"]+"|[\\w$]+)';
const tableName = `(?:(${identifier})\\s*\\.\\s*)?(${identifier})`;
const createTable = new RegExp(
  `^create\\s+(?:unlogged\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?${tableName}\\s*(?:\\(|as\\b)`,
  'i',
);
const alterTable = new RegExp(`^alter\\s+table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?${tableName}\\s+(.*)$`, 'is');
const dropTable = new RegExp(`^drop\\s+table\\s+(?:if\\s+exists\\s+)?${tableName}`, 'i');
const createPolicy = new RegExp(`^create\\s+policy\\s+(${identifier})\\s+on\\s+${tableName}(.*)$`, 'is');
const dropPolicy = new RegExp(`^drop\\s+policy\\s+(?:if\\s+exists\\s+)?(${identifier})\\s+on\\s+${tableName}`, 'i');

function apply(tables: Map<string, Table>, statement: string, where: Place): void {
  const created = keyOf(createTable.exec(statement), 1);
  if (created !== undefined && !tables.has(created))
    tables.set(created, { name: created, where, rowSecurity: false, turnedOffAt: undefined, policies: new Map() });
  const dropped = keyOf(dropTable.exec(statement), 1);
  if (dropped !== undefined) tables.delete(dropped);
  const altered = alterTable.exec(statement);
  const table = tables.get(keyOf(altered, 1) ?? '');
  if (table && /\benable\s+row\s+level\s+security/i.test(altered?.[3] ?? ''))
    Object.assign(table, { rowSecurity: true, turnedOffAt: undefined });
  if (table && /\bdisable\s+row\s+level\s+security/i.test(altered?.[3] ?? ''))
    Object.assign(table, { rowSecurity: false, turnedOffAt: where });
  const policy = createPolicy.exec(statement);
  const name = plain(policy?.[1]);
  tables.get(keyOf(policy, 2) ?? '')?.policies.set(name, policyOf(name, statement, policy?.[4] ?? '', where));
  const removed = dropPolicy.exec(statement);
  tables.get(keyOf(removed, 2) ?? '')?.policies.delete(plain(removed?.[1]));
}

/** The name of a table of the schema `public`; undefined for any other. */
function keyOf(match: RegExpExecArray | null, group: number): string | undefined {
  const schema = plain(match?.[group]);
  const name = plain(match?.[group + 1]);
  return name === '' || (schema !== '' && schema !== 'public') ? undefined : name;
}

function plain(name: string | undefined): string {
  return name?.startsWith('"') ? name.slice(1, -1) : (name?.toLowerCase() ?? '');
}

function policyOf(name: string, statement: string, rest: string, where: Place): Policy {
  const head = rest.replace(/\b(?:using|with\s+check)\b.*$/is, '');
  const roles = /\bto\s+([\w\s,"]+)$/i.exec(head.trim())?.[1] ?? '';
  return {
    name,
    where,
    text: statement.replaceAll(/\s+/g, ' '),
    action: (/\bfor\s+(\w+)/i.exec(head)?.[1] ?? 'all').toUpperCase(),
    roles: roles
      .split(',')
      .map((role) => role.trim().toLowerCase())
      .filter(Boolean),
  };
}
