import type { Sighting } from '../finding.ts';
import { isPlaceholder, isReference } from '../values.ts';

/** A link with a name and a password: `postgres://app:hunter2@db.example.net/shop`, `https://user:token@host`. */
const link =
  /\b(?:jdbc:)?([a-z][a-z0-9+.-]{1,20}):\/\/([^\s:@/'"`<>?#]{0,100}):([^\s'"`<>/]{1,200})@(\[[0-9a-f:]+\]|[\w.%-]{1,255})(?::\d+)?/gi;

/** Of a name and a password together. */
const longest = 310;

const databases =
  /^(?:mongodb|postgres|mysql|mariadb|mssql|sqlserver|redis|rediss|cockroachdb|clickhouse|neo4j|bolt|couchdb|cassandra|oracle|libsql|prisma)/i;
const queues = /^(?:amqps?|kafka|nats|mqtts?|stomp|rabbitmq)/i;

/** Machines that only the developer's own computer reaches. */
const ownComputer = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|host\.docker\.internal)$/i;
/** A host without a dot is another container of the same compose file. */
const composeHost = /^[a-z][\w-]*$/i;
const madeUpHost =
  /(?:^|\.)(?:example|test|invalid|local|localhost)$|(?:^|\.)(?:example\.(?:com|org|net)|domain\.com|host\.com|server\.com|yourdomain\.com|acme\.(?:com|org))$|^(?:host|hostname|server|domain|your[-_.]?\w*|x+)$/i;
const weak =
  /^(?:password|passw0rd|pass|pwd|passwd|postgres|root|admin|user|username|test|secret|mysql|mongo|guest|example|dev|development|local|changeme|\d{1,6})$/i;

/** Connection strings and links that carry a password. */
export function connectionSightings(text: string): Sighting[] {
  const found: Sighting[] = [];
  for (const { start: from, match } of linksIn(text)) {
    const [whole, scheme = '', user = '', password = '', host = ''] = match;
    const reading = readingOf(scheme, user, password, host);
    if (reading === 'none') continue;
    const start = from + whole.indexOf('://') + 3 + user.length + 1;
    found.push({
      start,
      end: start + password.length,
      value: password,
      kind: databases.test(scheme)
        ? 'password in a database connection string'
        : queues.test(scheme)
          ? 'password in a message queue connection string'
          : /^cloudinary$/i.test(scheme)
            ? 'Cloudinary API secret'
            : 'password in a link',
      provider: /^cloudinary$/i.test(scheme) ? 'cloudinary' : databases.test(scheme) ? 'database' : 'password',
      layer: 'pattern',
      confidence: 'certain',
      ...(reading === 'echo' && { echo: true }),
      name: `${scheme.toLowerCase()}://`,
    });
  }
  return found;
}

/** Links with a name before an `@`. `://` is looked for first, because an expression that begins with any letter is slow. */
function* linksIn(text: string): Generator<{ start: number; match: RegExpExecArray }> {
  let sign = -1;
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    if (sign < at) sign = text.indexOf('@', at + 3);
    if (sign === -1) return;
    if (sign - at > longest) continue;
    const start = Math.max(0, at - 26);
    for (const match of text.slice(start, sign + 300).matchAll(link)) {
      if (start + match.index + match[0].indexOf('://') === at) yield { start: start + match.index, match };
    }
  }
}

/** `echo`: a password that only says something when another place holds it too, because its host is this computer or a container. */
function readingOf(scheme: string, user: string, password: string, host: string): 'secret' | 'echo' | 'none' {
  if (isReference(password) || isReference(user) || /[${}<>[\]]|%[A-Z_]+%|^\*+$|^:/.test(password + user))
    return 'none';
  if (madeUpHost.test(host) || isSample(user, password)) return 'none';
  if (ownComputer.test(host)) return 'echo';
  const cloudinary = /^cloudinary$/i.test(scheme);
  const weakPassword =
    weak.test(password) || password.toLowerCase() === user.toLowerCase() || /^(.)\1*$/.test(password);
  if (composeHost.test(host) && !cloudinary)
    return weakPassword || isPlaceholder(password) || password.length < 8 ? 'echo' : 'secret';
  if (databases.test(scheme) || queues.test(scheme))
    return /^(?:password|passwd|pass|pwd|secret)$/i.test(password) || password.toLowerCase() === user.toLowerCase()
      ? 'echo'
      : 'secret';
  return password.length >= 4 && !weakPassword && !isPlaceholder(password) ? 'secret' : 'none';
}

/** `user:password`, `USERNAME:PASSWORD`, `app:your-password`. */
function isSample(user: string, password: string): boolean {
  return (
    sampleWord.test(password) ||
    /^[A-Z_]*(?:PASS|PASSWORD|PWD|SECRET|KEY|TOKEN)[A-Z_]*$/.test(password) ||
    (/^(?:username|user|usr|name|login|your\w*|my\w*)$/i.test(user) && weak.test(password))
  );
}

const sampleWord =
  /^(?:your|my)[-_]?\w*(?:pass|pwd|secret|key|token)|^(?:x{3,}|\.{3,}|pass(?:word)?(?:here)?|replace.*|change.*|placeholder|redacted|hidden)$|your[-_ ]/i;
