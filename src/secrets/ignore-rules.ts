/** The last line of an ignore file that speaks of a path decides, as git and Docker read it. */
export function isIgnoredBy(text: string, path: string): boolean {
  let ignored = false;
  for (const line of text.split(/\r?\n/)) {
    const pattern = line.replace(/(?<!\\)\s+$/, '');
    if (pattern === '' || pattern.startsWith('#')) continue;
    const negated = pattern.startsWith('!');
    if (expressionOf(negated ? pattern.slice(1) : pattern).test(path)) ignored = !negated;
  }
  return ignored;
}

/** `*.log` fits in any folder, `/a` at the top only, `a/` everything below a, `**` any number of folders. */
function expressionOf(pattern: string): RegExp {
  const plain = pattern.replace(/^\\(?=[#!])/, '').replace(/\/$/, '');
  const anchored = plain.replace(/^\.?\//, '').includes('/') || plain.startsWith('/');
  const body = plain
    .replace(/^\.?\//, '')
    .replaceAll(
      /\[[^\]/]*\]|\*\*\/|\/\*\*|\*\*|[*?.+^${}()|\\]/g,
      (sign) => signs[sign] ?? (sign.startsWith('[') ? sign : `\\${sign}`),
    );
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${body}(?:/.*)?$`);
}

const signs: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '/**': '(?:/.*)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
