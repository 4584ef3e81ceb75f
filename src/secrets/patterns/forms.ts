import type { Sighting } from '../finding.ts';
import type { ProviderId } from '../providers.ts';
import { isPlaceholder, looksIssued } from '../values.ts';

/** A credential that is known by what stands around it. Group 1 is the credential. */
interface Form {
  readonly kind: string;
  readonly provider?: ProviderId;
  /** Nothing matches where none of these stands: looking for a fixed text is far cheaper than for an expression. */
  readonly signs: readonly string[];
  readonly pattern: RegExp;
  /** What the credential must be like; anything but a placeholder when left out. */
  readonly holds?: (value: string) => boolean;
}

const notMadeUp = (value: string): boolean => !isPlaceholder(value);
const ofSomebody = (value: string): boolean =>
  !isPlaceholder(value) && !/^(?:pass|password|passwd|pwd|token|secret|key|y+|\[.*\])$/i.test(value);
// What a signed token is good for stands in it: jwt.ts reads it.
const issued = (value: string): boolean => looksIssued(value, 8) && !/^eyJ[\w-]+\.eyJ/.test(value);

const forms: readonly Form[] = [
  {
    kind: 'Slack webhook',
    signs: ['hook'],
    provider: 'slack',
    pattern: /\bhooks\.slack\.com\/((?:services|workflows|triggers)\/[A-Za-z0-9+/]{20,80})/gi,
  },
  {
    kind: 'Discord webhook',
    signs: ['hook'],
    provider: 'discord',
    pattern: /\bdiscord(?:app)?\.com\/api\/webhooks\/(\d{15,22}\/[\w-]{50,90})/gi,
  },
  {
    kind: 'Microsoft Teams webhook',
    signs: ['hook'],
    pattern: /\.webhook\.office\.com\/(webhookb2\/[\w@/-]{60,250})/gi,
  },
  {
    kind: 'Azure storage key',
    signs: ['Key='],
    provider: 'azure',
    pattern: /\b(?:AccountKey|SharedAccessKey|SharedSecretKey)=([A-Za-z0-9+/]{40,90}={0,2})/gi,
  },
  {
    kind: 'Azure signature (SAS)',
    signs: ['sv=20'],
    provider: 'azure',
    pattern: /[?&]sv=20\d\d-[^\s'"]{0,300}?[?&]sig=([A-Za-z0-9%+/]{40,80})/gi,
  },
  {
    kind: 'password in a database connection string',
    signs: ['assword', 'wd=', 'PWD='],
    provider: 'database',
    pattern:
      /\b(?:Server|Data Source|Host|User Id|Uid)\s*=[^;\n'"]{1,200};[^\n'"]{0,300}?\b(?:Password|Pwd)\s*=\s*([^;\s'"{}<>$]{3,100})/gi,
  },
  {
    kind: 'npm access token',
    signs: [':_'],
    provider: 'npm',
    pattern: /:_(?:authToken|auth|password)\s*=\s*["']?([A-Za-z0-9+/=_-]{16,})/g,
  },
  {
    kind: 'password in a command',
    signs: ['curl'],
    provider: 'password',
    pattern: /\bcurl\b[^\n|;]{0,300}?\s(?:-u|--user)[ =]?\s*["']?[\w.@-]{1,80}:([^\s'":$<{]{3,100})["']?(?=\s|$)/g,
    holds: ofSomebody,
  },
  {
    kind: 'token in a header',
    signs: ['uthorization', 'AUTHORIZATION'],
    pattern: /\bAuthorization["'`]?\s*[:=,]\s*["'`]?(?:Bearer|Token|ApiKey|Api-Token)\s+([\w=~@.+/-]{16,400})/gi,
    holds: issued,
  },
  { kind: 'token in a header', signs: ['Bearer '], pattern: /["'`]Bearer ([\w=~.+/-]{20,400})["'`]/g, holds: issued },
  {
    kind: 'key in a header',
    signs: ['-H ', '--header'],
    pattern: /(?:-H|--header)[ =]["'](?:x-)?(?:[a-z]+-)?(?:api-?)?(?:key|token):\s*([\w=~@.+/-]{12,200})/gi,
    holds: issued,
  },
  {
    kind: 'password in a header',
    signs: ['Basic '],
    provider: 'password',
    pattern: /\bBasic\s+([A-Za-z0-9+/]{8,}={0,2})(?![A-Za-z0-9+/=])/g,
    holds: isBasicPair,
  },
  {
    kind: 'key in a link',
    signs: ['key=', 'Key=', 'oken=', 'appid='],
    pattern:
      /[?&](?:api_?key|apikey|access_?token|auth_?token|app_?key|appid|client_secret|subscription-key|key)=([A-Za-z0-9_.-]{16,200})(?![\w$<{])/gi,
    holds: issued,
  },
  {
    kind: 'password hash',
    signs: ['$2', '$argon2', '$6$'],
    provider: 'password',
    pattern:
      /(?<![\w$.])(\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|\$argon2(?:id|i|d)\$v=\d+\$[^\s'"`]{30,200}|\$6\$[^\s'"`$:]{1,20}\$[./A-Za-z0-9]{86})/g,
  },
];

/** Credentials in webhook links, headers, commands, query strings and connection settings. */
export function formSightings(text: string): Sighting[] {
  const found: Sighting[] = [];
  for (const { pattern, signs, holds = notMadeUp, kind, provider } of forms) {
    if (!signs.some((sign) => text.includes(sign))) continue;
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      if (!holds(value) || aroundSaysMadeUp(text, match.index)) continue;
      const start = match.index + match[0].lastIndexOf(value);
      found.push({
        start,
        end: start + value.length,
        value,
        kind,
        ...(provider && { provider }),
        layer: 'pattern',
        confidence: 'likely',
      });
    }
  }
  return found;
}

/** A hash that code compares with when nobody was found is called so. */
function aroundSaysMadeUp(text: string, at: number): boolean {
  return /dummy|fake|example|sample|mock|placeholder|invalid/i.test(
    text
      .slice(Math.max(0, at - 60), at)
      .split('\n')
      .at(-1) ?? '',
  );
}

function isBasicPair(value: string): boolean {
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const [, user, password] = /^([\w.@+/=-]{1,80}):([\u0021-\u007e]{3,200})$/.exec(pair) ?? [];
  return (
    user !== undefined &&
    password !== undefined &&
    !isPlaceholder(password) &&
    !/^(?:password|pass|user|username)$/i.test(password)
  );
}
