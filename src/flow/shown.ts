import { printable } from '../repository/printable.ts';
import { maskSecrets } from '../secrets/mask.ts';

/** What is left of a secret once it is masked: its first characters and an ellipsis. */
const masked = /[\w+/=.-]{0,3}…/g;

/** A text that may hold a piece of somebody's repository, as it may be shown anywhere: secrets masked, nothing that drives a terminal. */
export function shown(text: string): string {
  return printable(maskedOnce(text));
}

/** What a rule has masked already stays as it is: the three characters that are left help to find it. */
function maskedOnce(text: string): string {
  const before = text.match(masked) ?? [];
  const safe = maskSecrets(text);
  if (before.length === 0 || safe.match(masked)?.length !== before.length) return safe;
  let next = 0;
  return safe.replace(masked, () => before[next++] ?? '…');
}
