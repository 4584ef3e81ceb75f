import { secretName } from './names.ts';

const takesSecret =
  /new Sequelize\(|createHmac\(|create(?:De)?[Cc]ipher|cookieParser\(|\.(?:sign|verify)\(|\.hash(?:Sync)?\(|(?:AES|DES|RC4)\.(?:en|de)crypt\(|(?:scrypt|pbkdf2)/;
const putTogether =
  /['"`](?:sk[-_]|AIza|gh[pous]_|AKIA|xox|hf_|gsk_|eyJ|SG\.)[\w-]{0,100}['"`]\s*\+|['"`]\]\s*\.join\(|atob\(/;

/** Is a code file worth parsing for layer 3? Parsing is what costs. */
export function mayHoldLiteral(text: string): boolean {
  return takesSecret.test(text) || putTogether.test(text) || hasLiteralNearName(text);
}

/** Behind a name: what closes it, then a fixed text on the same line or at the beginning of the next. */
const literal = /^["'`\])]{0,3}[^\n'"`]{0,120}\n?\s{0,40}['"`][^'"`\n]{2}/;

function hasLiteralNearName(text: string): boolean {
  const names = new RegExp(secretName, 'gi');
  for (let hit = names.exec(text); hit; hit = names.exec(text)) {
    const end = hit.index + hit[0].length;
    const rest = text.slice(end, end + 240);
    if (literal.test(rest.replace(/^\w{1,40}/, ''))) return true;
  }
  return false;
}
