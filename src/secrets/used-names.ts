import { fact, type Repository } from '../repository/repository.ts';
import { nameKindOf } from './names.ts';

/** The arguments of a call that signs, or what such a call takes as its `secret`. */
const signing =
  /\b(?:(?:jwt|jsonwebtoken|jws|jose)\w*\.(?:sign|verify|encode|decode)|createHmac|create(?:De)?[Cc]ipheriv)\(([^;]{0,300})|\b(?:\w{0,40}jwt\w{0,40}|\w{0,40}session|authenticate)\(\s*\{[^;}]{0,200}?\bsecret(?:OrKey)?\s*:([^,;\n}]{1,120})/gi;
const maySign = /\b(?:jwt|jsonwebtoken|jws|jose|session|createHmac|createCipheriv)/;

/** Names whose values sign or encrypt somewhere in a repository, though they sound like the secrets of somebody else: `apiSecret`. */
export const signingNames = fact((repository: Repository): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { path, role } of repository.files) {
    if (role !== 'source' || !/\.[cm]?[jt]sx?$/.test(path)) continue;
    const text = repository.read(path) ?? '';
    if (!maySign.test(text)) continue;
    for (const [, handed, taken] of text.matchAll(signing))
      for (const [name] of (handed ?? taken ?? '').matchAll(
        /(?<=[.\s,(])[A-Za-z_$][\w$]*secret\w*(?=\s*(?:[,)}\n]|$))/gi,
      ))
        if (nameKindOf(name) === 'issued') names.add(name);
  }
  return names;
});

/** Calls that take an empty key and go on; those that make tokens and sessions refuse one. */
const takesEmpty =
  /\b(?:createHmac|create(?:De)?[Cc]ipher(?:iv)?|scrypt(?:Sync)?|pbkdf2(?:Sync)?|Hmac(?:SHA\d+|MD5)|(?:AES|DES|TripleDES|Rabbit|RC4)\.(?:en|de)crypt)\(([^;]{0,300})/g;

/** Is something called so the key of a call that also works with an empty one? */
export function worksWhenEmpty(repository: Repository, names: readonly string[]): boolean {
  return repository.files.some(({ path, role }) => {
    const text = role === 'source' ? (repository.read(path) ?? '') : '';
    return [...text.matchAll(takesEmpty)].some(([, handed = '']) =>
      (handed.match(/[A-Za-z_$][\w$]*/g) ?? []).some((word) => names.includes(word)),
    );
  });
}
