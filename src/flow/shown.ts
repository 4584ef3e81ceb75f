import { printable } from '../repository/printable.ts';

/** A text of somebody's repository as it may be shown anywhere. */
export function shown(text: string): string {
  return printable(text);
}
