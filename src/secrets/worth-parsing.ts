import { secretName } from './names.ts';

/** A fixed text on the line of a secret's name or right below it, a call that takes a secret by place, or a key that is put together. */
const literalNear = new RegExp(
  `(?:${secretName.source})[^\\n'"\`]{0,120}(?:['"\`][^\\n'"\`]{0,3}[^\\n'"\`]{0,60})?\\n?\\s{0,40}['"\`][^'"\`\\n]{2}`,
  'i',
);
const takesSecret =
  /new Sequelize\(|createHmac\(|create(?:De)?[Cc]ipher|cookieParser\(|\.(?:sign|verify)\(|\.hash(?:Sync)?\(|(?:AES|DES|RC4)\.(?:en|de)crypt\(|(?:scrypt|pbkdf2)/;
const putTogether =
  /['"`](?:sk[-_]|AIza|gh[pous]_|AKIA|xox|hf_|gsk_|eyJ|SG\.)[\w-]*['"`]\s*\+|['"`]\]\s*\.join\(|atob\(/;

/** Is a code file worth parsing for layer 3? Parsing is what costs. */
export function mayHoldLiteral(text: string): boolean {
  return literalNear.test(text) || takesSecret.test(text) || putTogether.test(text);
}
