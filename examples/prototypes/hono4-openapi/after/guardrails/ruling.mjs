// Finds the entries of the access table that hold for a request, when several of them could.
import { isOpen } from './access-rules.mjs';

/**
 * The keys that rule over an address. A route that is named holds before one that takes any address (`*`) and before folders; of folders
 * and catch-alls the nearest. Empty when nothing of this app is there.
 */
export function rulingKeys(keys) {
  const named = keys.filter((key) => !isWide(key));
  if (named.length === 0) return nearest(keys);
  if (named.some((key) => !key.includes(':'))) return named;
  const depth = Math.max(...named.map(depthOf));
  return [...named, ...keys.filter((key) => key.startsWith('USE ') && depthOf(key) > depth)];
}

/** The rule of a key for what is asked. An address or a folder that the table opens by name is open below a wider key. */
export function ruleOf(table, key, asked) {
  if (!isWide(key) || key.startsWith('UPGRADE ')) return table[key];
  const opened = openedAt(table, asked);
  if (opened !== undefined && depthOf(opened) >= depthOf(key)) return table[opened];
  return key in table || !key.startsWith('USE ') ? table[key] : 'user';
}

/** Only a path that is written plainly means what it says; and what has a handler of its own opens nothing else. */
function openedAt(table, { address, routes }) {
  const path = address.replace(/^\S+ /, '');
  if (!/^[\w\-~@+,=./]+$/.test(path) || /\/\/|\/\.{1,2}(?:\/|$)/.test(path)) return undefined;
  const opens = (key) => isOpen(table[key]) && !routes.includes(key);
  if (opens(address)) return address;
  const folders = Object.keys(table).filter((key) => opens(key) && isAbove(key, path));
  return folders.toSorted((one, other) => other.length - one.length)[0];
}

function isAbove(key, path) {
  return key.startsWith('USE /') && path.startsWith(`${key.slice(4).replace(/\/$/, '')}/`);
}

/** Whether a key stands for more addresses than its text shows: a folder, a wildcard, a pattern. */
export function isWide(key) {
  return key.startsWith('USE ') || /[*({]| .* /.test(key);
}

function nearest(keys) {
  const depth = Math.max(...keys.map(depthOf));
  return keys.filter((key) => depthOf(key) === depth);
}

/** How long the part of a key is that is plain text. */
function depthOf(key) {
  const [plain = ''] = key.replace(/^\S+ /, '').split(/[:*({ ]/);
  return plain.replace(/\/$/, '').length;
}
