// Knows who may sign in: the people in AUTH_USERS, of whose passwords only a fingerprint is kept that cannot be turned back.
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { config } from './config.mjs';

const slowly = promisify(scrypt);
const cost = { N: 32_768, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }; // OWASP: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html

/** Such as `anna@example.com:admin+staff:salt.hash`; the roles may be empty. Commas stand between people. */
const people = new Map(config.AUTH_USERS.split(',').filter(Boolean).map(readPerson));

function readPerson(entry) {
  const found = /^([^\s:]+@[^\s:]+):([\w+-]*):([\w-]{22})\.([\w-]{43})$/.exec(entry.trim());
  if (!found)
    throw new Error('AUTH_USERS has an entry that is not email:roles:salt.hash; write it by guardrails/add-user');
  const [, email = '', roles = '', salt = '', hash = ''] = found;
  const mark = createHash('sha256').update(hash).digest('base64url').slice(0, 16);
  return [
    email.toLowerCase(),
    { email: email.toLowerCase(), roles: roles.split('+').filter(Boolean), mark, salt, hash },
  ];
}

/** The person with this e-mail address. */
export function findPerson(email) {
  return people.get(email.toLowerCase());
}

/** Whether somebody has this password. Takes as long for an address that nobody has. */
export async function knowsPassword(person, password) {
  const { salt, hash } = person ?? { salt: 'nobody', hash: '' };
  const given = await hashOf(password, salt);
  const known = Buffer.from(hash.padEnd(given.length, ' '));
  return timingSafeEqual(Buffer.from(given), known) && person !== undefined;
}

/** The entry of AUTH_USERS for a person. */
export async function entryFor(email, roles, password) {
  const salt = randomBytes(16).toString('base64url');
  return `${email.toLowerCase()}:${roles.join('+')}:${salt}.${await hashOf(password, salt)}`;
}

async function hashOf(password, salt) {
  const key = await slowly(password.normalize('NFKC'), salt, 32, cost);
  return key.toString('base64url');
}
