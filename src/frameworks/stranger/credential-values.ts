import { optionsOf, type Value } from '../../code/run/values.ts';

/** Names of secrets in a request. */
export const credentialName = /pass|pwd|pin$|secret|token|api[-_]?key|^key$|^code$|credential|auth/i;

/** A password that came with the request. */
export function isPassword(value: Value): boolean {
  return value.kind === 'unknown' && value.source === 'request' && /pass|pwd|pin$/i.test(value.name ?? '');
}

/** What was looked up, and did not come with the request. */
export function isKept(value: Value): boolean {
  return value.kind === 'external' || (value.kind === 'unknown' && value.source !== 'request');
}

/** Whether a value is, or holds, a credential that nobody sent. */
export function holdsNothing(value: Value, depth = 0): boolean {
  if (value.kind === 'nothing') return true;
  if (depth > 3) return false;
  if (value.kind === 'list') return value.items.some((item) => holdsNothing(item, depth + 1));
  if (value.kind === 'record' && !value.of)
    return [...value.entries.values()].some((entry) => holdsNothing(entry, depth + 1));
  return value.kind === 'either' && value.options.every((option) => holdsNothing(option, depth + 1));
}

/** A token that somebody sends who has none: whatever they write is no good. */
export function isClaimed(value: Value): boolean {
  return optionsOf(value).every(
    (option) =>
      option.kind === 'nothing' ||
      (option.kind === 'unknown' && option.source === 'request' && /token|jwt/i.test(option.name ?? '')),
  );
}

/** Whether a value is the request, or holds the parts of it that carry credentials. */
export function holdsRequest(value: Value, depth = 0): boolean {
  if (value.kind === 'native') return /^(?:request|headers|cookies|context)$/.test(value.object.type);
  if (value.kind !== 'record' || depth > 2) return false;
  return [...value.entries.values()].some((entry) => holdsRequest(entry, depth + 1));
}
