/** What may be shown of a secret: its first 3 characters, and nothing of one that is short enough to be guessed from them. */
export function masked(value: string): string {
  return value.length < 12 ? '…' : `${value.slice(0, 3)}…`;
}
