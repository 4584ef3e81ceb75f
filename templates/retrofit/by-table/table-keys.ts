// Finds the entries of the access table that an address fits, where no router tells which route it is.
import { access } from './access.ts';
import { isOpen, type AccessTable } from './access-rules.ts';

const table: AccessTable = access;
const routes = Object.keys(table).filter((key) => !/^(?:USE|UPGRADE) /.test(key));

/** The entries for routes that fit. An address that is spelled in another way than an entry opens nothing, and closes all that it could mean. */
export function tableKeys(method: string, url: string): string[] {
  const path = pathOf(url);
  const own = routes.filter((key) => handles(key, method));
  const exact = isPlain(path) ? own.filter((key) => fits(segmentsOf(key), path.split('/'))) : [];
  const meant = meaningsOf(path).map((each) => each.toLowerCase().split('/').filter(Boolean));
  const close = own.filter((key) => !isOpen(table[key]) && meant.some((each) => couldMean(key, each)));
  return [...new Set([...exact, ...close])];
}

/** The folders that the table names. What has an `UPGRADE` entry too answers beside the app, such as socket.io. */
export function tableFolders(): readonly string[] {
  return Object.keys(table).filter((key) => key.startsWith('USE ') && !(key.replace('USE', 'UPGRADE') in table));
}

function handles(key: string, method: string): boolean {
  const [own] = key.split(' ');
  return own === 'ALL' || own === (method === 'HEAD' ? 'GET' : method);
}

function segmentsOf(key: string): readonly string[] {
  return key.replace(/^\S+ +/, '').split('/');
}

/** A request may name the whole address. */
function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/)[0] || '/';
}

/** Whether a path can be read in one way only. */
function isPlain(path: string): boolean {
  return /^(?:[\w\-~@+,=.:!$&'()*;/]|%(?!2[ef]|5c)[\da-f]{2})*$/i.test(path) && !/\/\/|\/\.{1,2}(?:\/|$)/.test(path);
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((part, at) => isName(part, path[at]) || part === path[at]);
}

function isName(part: string, given: string | undefined): boolean {
  return /^:\w+$/.test(part) && Boolean(given);
}

/** Capitals and slashes do not count here, and what is no plain text fits everything. */
function couldMean(key: string, path: readonly string[]): boolean {
  const parts = segmentsOf(key).filter(Boolean);
  const wide = parts.findIndex((part) => /[*({[\\^?+|]/.test(part));
  const fixed = wide === -1 ? parts : parts.slice(0, wide);
  if (wide === -1 ? path.length !== fixed.length : path.length < fixed.length) return false;
  return fixed.every((part, at) => part.startsWith(':') || part.toLowerCase() === path[at]);
}

/** A path as it stands, decoded, and without its dots: programs read it in each of these ways. */
function meaningsOf(path: string): readonly string[] {
  return [path, decoded(path)].flatMap((each) => [each, new URL(`http://here${each.replaceAll('\\', '/')}`).pathname]);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
