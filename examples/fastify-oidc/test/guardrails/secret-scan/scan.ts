// Looks for secrets in one file: what secretlint knows, what it misses, and what is hidden by splitting or wrapping it.
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { isCode, lineAt } from '../syntax.ts';
import { literalsOf } from './literals.ts';
import { looksSecret, namedValues } from './names.ts';
import { knownKeys } from './patterns.ts';

const preset = '@secretlint/secretlint-rule-preset-recommend';
const onThisComputer = { allows: ['/@(?:localhost|127\\.0\\.0\\.1|\\[::1\\])/'] };
const rules = [
  { id: '@secretlint/secretlint-rule-basicauth', options: onThisComputer },
  { id: '@secretlint/secretlint-rule-database-connection-string', options: onThisComputer },
  { id: '@secretlint/secretlint-rule-filter-comments', disabled: true }, // a comment cannot switch this off
];

/** Where a file holds a secret and of which kind, such as `src/mail.ts:12 Stripe key (sk_…, 32 characters)`. */
export async function secretsIn(path: string, text: string): Promise<string[]> {
  const literals = isCode(path) ? literalsOf(path, text) : [];
  const isTest = path.startsWith('test/');
  const named = isCode(path) ? literals : namedValues(text);
  const found = [
    ...(await fromSecretlint(path, text)),
    ...knownKeys(text),
    ...literals.flatMap((literal) => knownKeys(literal.text).map((key) => ({ ...key, start: literal.start }))),
    ...(isTest ? [] : named.filter((each) => looksSecret(each.name, each.text)).map(asSecret)),
  ];
  return [...new Set(found.map((key) => `${path}:${lineAt(text, key.start)} ${key.kind} (${masked(key.value)})`))];
}

async function fromSecretlint(
  path: string,
  content: string,
): Promise<{ kind: string; start: number; value: string }[]> {
  const source = { content, filePath: path, ext: '', contentType: 'text' as const };
  const config = { rules: [{ id: preset, rule: creator, options: {}, rules }] };
  const { messages } = await lintSource({ source, options: { config, maskSecrets: true } });
  return messages.map(({ ruleId, range }) => ({
    kind: ruleId.replace('@secretlint/secretlint-rule-', ''),
    start: range[0],
    value: content.slice(range[0], range[1]),
  }));
}

function asSecret({ name, text, start }: { name: string | undefined; text: string; start: number }) {
  return { kind: `value of ${name ?? 'a secret'}`, start, value: text };
}

function masked(value: string): string {
  return `${value.slice(0, 3)}…, ${value.length} characters`;
}
