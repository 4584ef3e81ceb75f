const widest = 120; // printWidth of prettier

/** `head { a, b } tail` on one line where that fits, else one name per line, as prettier does. */
export function braced(head: string, names: readonly string[], tail: string): string {
  const line = `${head}{ ${names.join(', ')} }${tail}`;
  return line.length <= widest ? line : `${head}{\n${names.map((name) => `  ${name},\n`).join('')}}${tail}`;
}

/** Whether a line is as long as prettier lets it be. */
export function fits(line: string): boolean {
  return line.length <= widest;
}
