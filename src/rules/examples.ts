/** One example of a rule, as its page shows it and its test runs it. */
export interface Example {
  readonly kind: 'bad' | 'good';
  /** A near miss: what a careless check gets wrong. */
  readonly hard: boolean;
  readonly title: string;
  /** Files that differ from the sample project: path to text. */
  readonly files: Readonly<Record<string, string>>;
  /** Files as they were in the revision to compare with; empty for rules that look at one revision. */
  readonly before: Readonly<Record<string, string>>;
  /** Files of the sample project that are not there. */
  readonly without: readonly string[];
  /** Files that git does not track. */
  readonly untracked: readonly string[];
  /** Places that the rule has to name, such as `app.js:3`. */
  readonly failsAt: readonly string[];
}

const heading = /^## (bad|good)( \(hard\))?: (.+)$/;
const earlier = 'before:';
const fence = /^(`{3,})\w* (\S+)$/;

/**
 * Reads the examples of a rule from Markdown: `## bad: title` or `## good (hard): title`, then lines `fails at: a.js:3`, `without: b.js`,
 * `untracked: .env` and one code block per file, whose info string ends with the path: "```js app.js", or "```js before:app.js" for what was
 * there before.
 */
export function examplesFrom(markdown: string): Example[] {
  const sections = markdown.split(/^(?=## )/m).slice(1);
  return sections.map((section) => {
    const [first = '', ...lines] = section.split('\n');
    const [, kind, hard, title] = heading.exec(first) ?? [];
    if (!kind || !title) throw new Error(`not a heading of an example: ${first}`);
    const all = Object.entries(filesIn(lines));
    return {
      kind: kind as Example['kind'],
      hard: hard !== undefined,
      title,
      files: Object.fromEntries(all.filter(([path]) => !path.startsWith(earlier))),
      before: Object.fromEntries(
        all.flatMap(([path, text]) => (path.startsWith(earlier) ? [[path.slice(earlier.length), text]] : [])),
      ),
      without: listed(lines, 'without'),
      untracked: listed(lines, 'untracked'),
      failsAt: listed(lines, 'fails at'),
    };
  });
}

function filesIn(lines: readonly string[]): Record<string, string> {
  const files: Record<string, string> = {};
  let open: { path: string; ticks: string; text: string[] } | undefined;
  for (const line of lines) {
    if (open && line === open.ticks) {
      files[open.path] = open.text.map((text) => `${text}\n`).join('');
      open = undefined;
    } else if (open) open.text.push(line);
    else {
      const [, ticks, path] = fence.exec(line) ?? [];
      if (ticks && path) open = { path, ticks, text: [] };
    }
  }
  return files;
}

function listed(lines: readonly string[], word: string): string[] {
  return lines
    .filter((line) => line.startsWith(`${word}: `))
    .flatMap((line) => line.slice(word.length + 2).split(', '));
}
