import { byCodeUnit } from '../../tree/lines.ts';
import { appsOf, dependenciesOf } from '../../repository/apps.ts';
import { isSentToBrowser } from '../../repository/client-files.ts';
import type { Repository } from '../../repository/repository.ts';
import { shown } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { openRules } from './document-rules.ts';
import { schemaOf, type Policy, type Table } from './sql-policies.ts';

export default defineRule({
  id: 'auth/data-layer-policies',
  title: 'Where browsers talk to the database themselves (Supabase, Firebase), every table says who may see which row.',
  why: 'The address and the public key of such a database stand in the page; without policies everybody reads, changes and deletes everything in it.',
  weight: 'blocker',
  stage: 'prototype',
  measured: false,
  finds:
    'SQL migrations, read in their order: tables of the schema public without row level security, row level security that is turned off, policies that hold for everybody. Rules of Firestore, Storage and the Realtime Database that are open. A service_role key in browser code.',
  blind:
    'What was changed by hand in the dashboard; tables made by a migration tool in code; whether a policy is right.',
  fix: 'Add a migration: `alter table ... enable row level security`, and a policy that names `auth.uid()`.',
  references: ['ASVS v5.0.0-8.2.2', 'OWASP API1:2023', 'CVE-2025-48757', 'CWE-284'],
  check(repository) {
    const documents = openRules(repository);
    const keys = serviceKeys(repository);
    const tables = usesSupabase(repository) ? tablesOf(repository) : undefined;
    const found = [...keys, ...documents, ...(tables ?? [])];
    if (found.length > 0) return found;
    if (usesSupabase(repository))
      return [
        {
          verdict: 'unknown',
          message: 'Supabase is used, and no migration tells which tables there are and who may see them.',
        },
      ];
    return [
      {
        verdict: 'not-applicable',
        message: 'No browser talks to a database by itself: neither Supabase nor Firebase rules are here.',
      },
    ];
  },
});

function usesSupabase(repository: Repository): boolean {
  const named = appsOf(repository).some((app) =>
    [...dependenciesOf(app).keys()].some((name) => /^@supabase\/(?:supabase-js|ssr|auth-helpers)/.test(name)),
  );
  return (
    named ||
    repository.files.some(
      ({ path, role }) => role !== 'fixture' && /(?:^|\/)supabase\/(?:migrations\/|config\.toml$)/.test(path),
    )
  );
}

function tablesOf(repository: Repository): RuleFinding[] | undefined {
  const scripts = repository.files
    .filter(
      ({ path, role }) => role === 'text' && /\.sql$/i.test(path) && !/seed|(?:^|\/)tests?\/|\.down\.sql$/i.test(path),
    )
    .map(({ path }) => ({ path, text: repository.read(path) ?? '' }))
    .toSorted((one, other) => byCodeUnit(one.path, other.path));
  const { tables, dynamic } = schemaOf(scripts);
  if (tables.size === 0) return undefined;
  if (dynamic)
    return [
      {
        verdict: 'unknown',
        message: 'Row level security is set by code that is put together while the migration runs.',
      },
    ];
  const speaks = scripts.some(({ text }) => /row level security/i.test(text));
  const failures = [...tables.values()].flatMap((table) => ofTable(table, speaks));
  if (failures.length > 0) return failures;
  return [{ verdict: 'pass', message: `All ${tables.size} tables have row level security.` }];
}

/** A dump of tables leaves row security out: it counts where it lies among migrations, or where some script speaks of row security. */
function ofTable({ name, where, rowSecurity, turnedOffAt, policies }: Table, speaks: boolean): RuleFinding[] {
  if (!rowSecurity)
    return [
      {
        verdict: 'fail',
        message: `Anyone can read and change every row of the table ${name} from a browser.`,
        where: turnedOffAt ?? where,
        confidence: speaks || /(?:^|\/)migrations\//.test(where.path) ? 'likely' : 'review',
        key: `table ${name}`,
        evidence: turnedOffAt ? `alter table ${name} disable row level security` : `create table ${name}`,
        remedy: `Add a migration: alter table ${name} enable row level security; and a policy that names auth.uid().`,
      },
    ];
  return [...policies.values()].flatMap((policy) => ofPolicy(name, policy));
}

/** A policy that is true for a stranger: no condition, and no role that a stranger lacks. */
function ofPolicy(table: string, { name, where, text, action, roles }: Policy): RuleFinding[] {
  const isForAll = roles.length === 0 || roles.includes('anon') || roles.includes('public');
  const isTrue = /\b(?:using|with\s+check)\s*\(\s*\(?\s*true\s*\)?\s*\)/i.test(text);
  if (!isForAll || !isTrue || /auth\.(?:uid|jwt|role)\s*\(/i.test(text)) return [];
  const reads = action === 'SELECT';
  return [
    {
      verdict: 'fail',
      message: `Anyone can ${reads ? 'read' : 'change'} every row of the table ${table} from a browser.`,
      where,
      confidence: reads ? 'review' : 'likely',
      key: `policy ${table} ${name}`,
      evidence: shown(text),
      remedy: reads
        ? 'Name who may read it with auth.uid(); where everybody may, write a waiver that says so.'
        : 'Name who may change a row: using (auth.uid() = user_id).',
    },
  ];
}

/** A JSON Web Token in browser code whose payload says service_role: it passes by every policy. */
function serviceKeys(repository: Repository): RuleFinding[] {
  return repository.files.flatMap(({ path, role }): RuleFinding[] => {
    const text = role === 'source' ? repository.read(path) : undefined;
    if (text === undefined || !text.includes('eyJ') || !isSentToBrowser(repository, path)) return [];
    return text.split('\n').flatMap((line, index): RuleFinding[] =>
      [...line.matchAll(/eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+/g)].some(([, payload = '']) => isServiceRole(payload))
        ? [
            {
              verdict: 'fail',
              message: 'Anyone who opens the page has the key that passes by every policy of the database.',
              where: { path, line: index + 1 },
              confidence: 'certain',
              key: 'service_role key',
              remedy: 'Make a new key in the dashboard, and use it on the server only; the browser gets the anon key.',
            },
          ]
        : [],
    );
  });
}

function isServiceRole(payload: string): boolean {
  return /"role"\s*:\s*"service_role"/.test(Buffer.from(payload, 'base64url').toString());
}
