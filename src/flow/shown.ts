import { printable } from '../repository/printable.ts';
import { maskSecrets } from '../secrets/mask.ts';

/** A text that may hold a piece of somebody's repository, as it may be shown anywhere: secrets masked, nothing that drives a terminal. */
export function shown(text: string): string {
  return printable(maskSecrets(text));
}
