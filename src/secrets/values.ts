import type { NameKind } from './names.ts';

/**
 * Where a value stands.
 * `use`: the program uses it as it is: `session({ secret: 'x' })`, `process.env.X || 'x'`.
 * `account`: beside the name of a user or of a server: `{ user: 'root', password: 'x' }`.
 * `code`: it is given to a name in code. `config`: in a file of settings. `sample`: in a text that explains, where made-up values are usual.
 */
export type Setting = 'use' | 'account' | 'code' | 'config' | 'sample';

/** Bits per character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / value.length) * Math.log2(count / value.length);
  return entropy;
}

/** `${X}`, `$(x)`, `{{ x }}`, `#{x}`, `<x>`, `%X%`: filled in when the program or the template runs. */
const filledIn =
  /\$\{\{?\s*[\w.:?$"'\-\s()|&/]+(?:\[\w+\])?\s*\}|\$\([^)]{1,80}\)|\{\{[^{}]{0,80}\}\}|#\{[^}]{1,80}\}|<%|^%\(?\w+\)?[s%]?$|^%[^%]+%$|^<.*>$|^\[[\w -]+\]$|^\{[\w .-]+\}$|^\$[A-Za-z_]\w*$|^@@|^__\w+__$/;
/** The beginning of what a settings reader looks up elsewhere. */
const lookedUp =
  /^(?:process\.env\.|os\.environ|import\.meta|env[:(.]|vault:|ref\+|arn:aws:|op:\/\/|secret:\/\/|sm:\/\/|gcp-?sm:|aws-?sm:|keyvault:|!\w+|encrypted:|ENC[[(]|file:|@Microsoft\.KeyVault|projects\/[^/]+\/secrets|sealed:|doppler:|infisical:|secretsmanager:|ssm:)/;

/** A value that is looked up when the program runs, or filled in by a template: `${X}`, `<your key>`, `{{ key }}`, `op://…`. */
export function isReference(value: string): boolean {
  return filledIn.test(value) || lookedUp.test(value);
}

const placeholderWord =
  /(?:^|[^a-z])(?:your?|yours|my|xxx+|example|examples|sample|dummy|fake|mock|mocked|stub|placeholder|changeme|change|changethis|replace|replaceme|insert|paste|enter|put|todo|fixme|tbd|redacted|hidden|masked|removed|censored|foo|bar|foobar|baz|qux|none|null|undefined|nil|false|true|test|tests|testing|abc|here|goes|something|whatever|lorem|ipsum|sandbox|not|unset|invalid|missing|empty|optional|required|default|secret[_ -]?here|key[_ -]?here)(?![a-z])/i;

/** A value that stands in for one that the reader has to bring: `your-api-key`, `xxxx`, `changeme`, `1234567890`. */
export function isPlaceholder(value: string): boolean {
  if (isReference(value)) return true;
  if (
    /x{5,}|\*{3,}|\.{3}|…|#{4,}|_{4,}|-{5,}|0{8,}|1234567890|0123456789|abcdefgh|987654321|deadbeef|change[_-]?(?:me|this|it)|(?:^|[_-])your[A-Z_-]|EXAMPLE/i.test(
      value,
    )
  )
    return true;
  const spaced = value.replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  return /^(.{1,3}?)\1{2,}$/.test(value) || (isWordy(value) && placeholderWord.test(spaced));
}

/** Made of words rather than of chance: a long run of letters and digits mixed is no word. */
function isWordy(value: string): boolean {
  const longest = value.split(/[\s_\-.:/+=,;]+/).reduce((most, part) => (part.length > most.length ? part : most), '');
  return !(longest.length >= 16 && /\d/.test(longest) && /[a-z]/i.test(longest) && entropyOf(longest) > 3.2);
}

/** Text for people, a path, a link, a type, a file: what stands beside a secret's name and is none. */
function isOrdinaryText(value: string): boolean {
  return (
    /^(?:\.{0,2}\/|~\/|[a-z][a-z+.-]*:\/\/|#[\w-]*$|--[\w-]+$|mailto:)/i.test(value) ||
    /^[\w.+-]+@[\w-]+\.[a-z]{2,}$/i.test(value) ||
    /\.(?:[jt]sx?|json|ya?ml|html?|css|png|svg|pem|key|crt|txt|md|env|go|py|com|io|org|net|dev)$/i.test(value) ||
    /^(?:string|number|boolean|object|function|text|password|hidden|bearer|basic|uuid|varchar|char|int|bigint|date|datetime|array|any|unknown|void|required|optional|header|cookie|query|body|jwt|oauth2?|apikey|none|null|nil|undefined|true|false|admin|user|guest)[!?]?$/i.test(
      value,
    ) ||
    /[^\u0020-\u007e]/.test(value)
  );
}

/** Words joined by dashes, dots or capitals, such as `x-access-token` or `userAccessToken`: an identifier, nothing random. */
function isIdentifier(value: string): boolean {
  const parts = value.replaceAll(/([a-z])([A-Z])/g, '$1-$2').split(/[\s_\-.:/]+/);
  return (
    parts.every((part) => /^(?:[A-Za-z]{0,14}|[A-Z]+|\d{1,4}|v\d+|[A-Za-z]{2,12}\d{1,2})$/.test(part)) &&
    (parts.length > 1 || !/\d/.test(value))
  );
}

/** Looks made by chance: letters and digits, no space, enough different characters. */
export function looksIssued(value: string, shortest = 8): boolean {
  return (
    value.length >= shortest &&
    value.length <= 4000 &&
    /[a-z]/i.test(value) &&
    /\d/.test(value) &&
    !/[\s<>(){}"'`;|\\]/.test(value) &&
    entropyOf(value) > 3 &&
    !isIdentifier(value) &&
    !isOrdinaryText(value) &&
    !isPlaceholder(value)
  );
}

/** Letters with many different signs between them and no space: made by a password generator, and no pattern, template or path. */
function isSymbolRich(value: string): boolean {
  const signs = new Set(value.replaceAll(/[\w\s]/g, ''));
  return (
    value.length >= 12 &&
    signs.size >= 4 &&
    /[a-z]{2}/i.test(value) &&
    !/\s|^[\^/<.#([]|\\|\.\*|\(\?|\[a-z\d]-|:\/\/|=>|&&|\|\||[^\u0020-\u007e]/i.test(value) &&
    !isPlaceholder(value)
  );
}

/** Looks chosen as a password: short ones too, but no sentence, no label and no name. */
function looksChosen(value: string): boolean {
  if (value.length < 3 || value.length > 200 || isOrdinaryText(value) || isPlaceholder(value)) return false;
  if (/\s/.test(value) || /[<>]/.test(value) || /^[(){}[\],;:.=+*?|&!\\-]+$/.test(value)) return false;
  if (/passw|passwd|pwd|secret|token/i.test(value) && !/[\d!@#$%^&*]/.test(value)) return false;
  if (/\d/.test(value)) return true;
  // A capital letter and then small ones is a label; camelCase and dashes are identifiers.
  return (
    !/^[A-Z][a-z]+$/.test(value) &&
    !/^[a-z]+(?:[A-Z][a-z]+)+$/.test(value) &&
    !/^[A-Za-z]+(?:[-_.:/][A-Za-z]+)+$/.test(value)
  );
}

/** Is this the value of a secret, given what its name says and where it stands? */
export function isSecretValue(value: string, kind: NameKind, setting: Setting, name = ''): boolean {
  // Somebody put quotes around `process.env.X`: the text itself is the secret.
  if (/^process\.env\.\w+$/.test(value)) return kind !== 'issued' && setting !== 'sample' && setting !== 'config';
  // What a signed token or a key of Google is good for shows elsewhere: the layer that reads it decides.
  if (value.length < 3 || isReference(value) || /^eyJ[\w-]+\.eyJ|^AIza[\w-]{35}$/.test(value)) return false;
  switch (setting) {
    case 'use':
      return isUsed(value, kind);
    case 'account':
      return kind === 'password' ? isPasswordOfAccount(value) : isGiven(value, kind, 'config', name);
    case 'sample':
      return looksIssued(value, kind === 'password' ? 8 : 16) && entropyOf(value) > 3.2 && !/[a-z]{9,}/.test(value);
    default:
      return isGiven(value, kind, setting, name);
  }
}

/** The program works with it whatever it says; only the keys of others have to look like keys. */
function isUsed(value: string, kind: NameKind): boolean {
  if (kind === 'issued') return looksIssued(value) || isSymbolRich(value);
  return value.trim() !== '' && !isTypeName(value);
}

function isPasswordOfAccount(value: string): boolean {
  if (/^(?:incorrect|invalid|wrong|missing|required|must|weak|too|not|no|bad|enter|hashed|encrypted)/i.test(value))
    return false;
  return !/\s/.test(value) && !isPlaceholder(value) && !isLabel(value) && !isTypeName(value);
}

function isGiven(value: string, kind: NameKind, setting: Setting, name: string): boolean {
  if (sameWord(value, name, kind)) return false;
  if (isSymbolRich(value)) return true;
  if (kind === 'issued') return looksIssued(value);
  if (kind === 'password') return looksChosen(value);
  return looksSigning(value) && (setting === 'code' || !isPlaceholder(value));
}

/** A token or key that a project made up itself: `dev-token-1`. */
export function isSelfMade(value: string): boolean {
  return (
    value.length >= 6 &&
    !/\s/.test(value) &&
    !isPlaceholder(value) &&
    !isOrdinaryText(value) &&
    /secret|token|key|pass|admin|\d/i.test(value)
  );
}

function isLabel(value: string): boolean {
  return /^[A-Z][a-z]+$/.test(value) || /[^\u0020-\u007e]/.test(value) || /^\W*$/.test(value);
}

function isTypeName(value: string): boolean {
  return /^(?:string|text|varchar|hidden|required|optional|null|undefined|true|false|str|char|input|none|any)$/i.test(
    value,
  );
}

/** The project chose it and it works whatever it says, so only what is clearly another thing is left out. */
function looksSigning(value: string): boolean {
  return (
    value.length >= 4 &&
    !isOrdinaryText(value) &&
    !/^[a-z-]+(?:\/[a-z_-]+)+$/.test(value) &&
    !/^\s|\s$|[<>]/.test(value) &&
    !/^(?:[A-Z][a-z]+(?: \w+)+[.!?:]?|(?:the |my )?(?:secrets?|keys?|tokens?))$/i.test(value)
  );
}

function plain(text: string): string {
  return text.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
}

/** `PASSWORD = 'password'` names something; it is no password. `AUTH_JWT_SECRET = 'secret'` is a poor secret. */
function sameWord(value: string, name: string, kind: NameKind): boolean {
  if (plain(value) === plain(name)) return true;
  if (kind === 'signing' && /^[A-Z]+(?:_[A-Z]+)+$/.test(name)) return false;
  return plain(value).length > 3 && plain(name).endsWith(plain(value)) && !/\d/.test(value);
}
