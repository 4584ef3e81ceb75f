/** Whose records the current request may see and make. */
export function owner(): string {
  return 'local';
}
