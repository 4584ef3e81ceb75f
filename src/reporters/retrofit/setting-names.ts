import { envEntriesOf } from '../../secrets/env-files.ts';

/** What can only be the name of a setting: the middle of a key over several lines is none. */
const name = /^[A-Z][A-Z\d]{0,30}(?:_[A-Z\d]{1,30}){0,8}$/;

/** The names that a file of settings gets, and how many others that could be something else than a name. */
export function settingNamesOf(
  before = '',
  after = '',
): { readonly added: readonly string[]; readonly others: number } {
  const old = new Set(envEntriesOf(before).map(({ key }) => key));
  const fresh = [...new Set(envEntriesOf(after).map(({ key }) => key))].filter((key) => !old.has(key));
  const added = fresh.filter((key) => name.test(key));
  return { added, others: fresh.length - added.length };
}
