import { actions, issuers, keyOwners, notKeys, notTokens, passOwners, signers } from './name-words.ts';

/**
 * What a name says about its value.
 * `signing`: the project chose it, and whatever stands there works: session secret, JWT secret, encryption key.
 * `password`: somebody chose it; short and simple ones are passwords too.
 * `issued`: a provider made it, so it looks random: API key, access token.
 */
export type NameKind = 'signing' | 'password' | 'issued';

/** Cheap: does a text hold anything that could be the name of a secret? */
export const secretName =
  /secret|passw|passphrase|passcode|pwd|token|(?:api|app|access|account|auth|private|encryption|signing|master|service|role|client|consumer|subscription|license|hash|crypto?|cipher|cookie|session)[_\-. ]?key|jwt|credential|_pass\b|\bpass\b|\bpw\b|_pw\b|[a-z]pass\b|[a-z]Pass\b|bearer|authorization|_key\b|[a-z]Key\b|\bdsn\b/i;

const verb = `(?:${actions})`;

/** The first that fits decides. */
const readings: readonly (readonly [NameKind | undefined, RegExp])[] = [
  [undefined, ending(notKeys, 'keys?')],
  [undefined, ending(`${notTokens}|${verb}`, 'tokens?', true)],
  [
    undefined,
    new RegExp(`^${verb}(?: \\w+)* (?:password|passwords|passwd|pwd|pass|secrets?|passcode|credentials?|keys?)$`),
  ],
  [undefined, /(?:^| )(?:encrypted|hashed|sealed|public|masked) (?:\w+ )?(?:secret|password|passwd|token|key)$/],
  ['signing', ending(signers, 'secrets?|secret keys?|secretkey|private keys?', true)],
  [
    'signing',
    ending(
      'jwt|session|cookies?|signing|sign|signature|encryption|encrypt|crypto|cipher|aes|hmac|master|iron',
      'keys?',
    ),
  ],
  [
    'signing',
    /^(?:my )?(?:secret|secrets|secret ?key|secret or key|secret or private key|secret key base|jwtsecret|sessionsecret|cookiesecret|jwtkey|secret phrase)$/,
  ],
  [
    'password',
    /(?:^| )(?:\w*password|\w*passwort|\w*passwd|passwords|\w*pwd|passphrase|passcode|pass phrase|pass code|pw|pword)$/,
  ],
  ['password', new RegExp(`(?:^|(?:^| )(?:${passOwners}) ?)pass$`)],
  ['issued', ending(keyOwners, 'keys?')],
  ['issued', ending(issuers, 'keys?|pat', true)],
  [
    'issued',
    /(?:^| )(?:\w*apikeys?|accesskey|secretkey|accountkey|authkey|privatekey|appkey|clientkey|\w+tokens?|clientsecret|apisecret|appsecret|tokens?|secrets?|bearer|credentials?|authorization|dsn|sas|jwt|pat)$/,
  ],
];

/** `owner noun` or `ownernoun`; with `gap`, a word may stand between them. */
function ending(owners: string, noun: string, gap = false): RegExp {
  const between = gap ? '(?: \\w+)? ?' : ' ?';
  return new RegExp(`(?:^| )(?:${owners.trim().replaceAll(/\s*\|\s*/g, '|')})${between}(?:${noun})$`);
}

const known = new Map<string, NameKind | undefined>();

/** What a name promises about its value; undefined when it is no name of a secret. */
export function nameKindOf(name: string): NameKind | undefined {
  if (name.length > 80 || !secretName.test(name)) return undefined;
  if (!known.has(name)) {
    const words = wordsOf(name);
    known.set(name, readings.find(([, reading]) => reading.test(words))?.[0]);
  }
  return known.get(name);
}

const trailing =
  / (?:\d+|value|val|string|str|live|prod|production|dev|development|staging|local|default|base64|b64|plain|text|raw|hex|env|old|new|v\d+|current|main|primary|secondary|one|two|a|b)$/;

/** `OPENAI_API_KEY`, `openaiApiKey`, `openai-api-key` and `cfg.openai['api_key']` all end in `openai api key`. */
function wordsOf(name: string): string {
  let words = name
    .replaceAll(/['"\][()?!$`]/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/[\s_\-.:/]+/g, ' ')
    .replaceAll(/([a-z])(\d+)$/gi, '$1 $2')
    .trim()
    .toLowerCase();
  for (let last = ''; last !== words;) {
    last = words;
    words = words.replace(trailing, '');
  }
  return words;
}
