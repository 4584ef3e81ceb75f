/** A place in a file. Lines and columns count from 1. */
export interface Place {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

/** `path:line`, as editors open it. */
export function placeText({ path, line }: Place): string {
  return line === undefined ? path : `${path}:${line}`;
}
