/** A command that a document names, ready to be typed. */
export interface Command {
  readonly document: string;
  readonly line: number;
  readonly text: string;
}

/** How people read: the README and what it leads to first, what to do when something is wrong last. */
const readingOrder = ['README.md', 'docs/sign-in.md', 'docs/secrets.md', 'docs/secrets/', 'AGENTS.md', 'docs/', ''];

/** The documents of a project in the order in which people read them. */
export function documentsOf(files: ReadonlyMap<string, string>): string[] {
  return [...files.keys()].filter((path) => path.endsWith('.md')).toSorted((left, right) => rank(left) - rank(right));
}

function rank(path: string): number {
  return readingOrder.findIndex((start) => path.startsWith(start));
}

/**
 * Every command in a document: what stands in `sh` blocks, and code in a sentence that is a command. Where a sentence only
 * names a script (`user:remove`), that is for later: it comes last.
 */
export function commandsIn(document: string, text: string): Command[] {
  const now: Command[] = [];
  const later: Command[] = [];
  let block: string | undefined;
  // A line that ends in a backslash goes on in the next one; the number stays that of the first.
  for (const [index, line] of joined(text).split('\n').entries()) {
    const fence = /^\s*```(\w*)/.exec(line);
    const command = (typed: string): Command => ({ document, line: numberOf(index, text), text: typed });
    if (fence) block = block === undefined ? fence[1] : undefined;
    else if (block === 'sh' && line.trim() !== '') now.push(command(line.trim().replaceAll(continued, '\\\n')));
    else if (block === undefined) {
      for (const code of codeIn(line)) {
        if (programs.test(code)) now.push(command(code));
        else if (scriptName.test(code)) later.push(command(`npm run ${code}`));
      }
    }
  }
  return [...now, ...later];
}

const continued = '\\\u0000';
const joined = (text: string): string => text.replaceAll('\\\n', continued);

function numberOf(index: number, text: string): number {
  const before = joined(text).split('\n').slice(0, index);
  return index + 1 + before.reduce((sum, line) => sum + line.split(continued).length - 1, 0);
}

/** The shell block below the heading that begins with `heading`. */
export function blockBelow(heading: string, text: string): string {
  return new RegExp(`^${heading}[^]*?^\`\`\`sh\n([^]*?)^\`\`\``, 'm').exec(text)?.[1] ?? '';
}

const programs = /^(?:npm|npx|node|pnpm|yarn|bun|git|docker|aws|fly|cp|curl|rm|mv|sh|bash) [^]+$/;
const scriptName = /^(?!node:)[a-z]+:[a-z]+$/;

function codeIn(line: string): string[] {
  return [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}
