/** One program that a line of shell starts. */
export interface ShellCommand {
  /** As words, quotes taken off: `['npm', 'run', 'test']`. */
  readonly words: readonly string[];
  /** The line of the text it begins on, from 0. */
  readonly line: number;
  /** What stands after it. */
  readonly next: '&&' | '||' | ';' | '|' | '&' | '';
}

const operators = ['&&', '||', ';;', '|&', ';', '|', '&', '\n', '(', ')'];
/** Words of the shell that stand before a program. */
const before = /^(?:if|then|else|elif|do|while|until|!|\{|time|exec|command|nohup|sudo)$/;
const assignment = /^[A-Za-z_]\w*=/;

/** The programs that a shell text starts, in order, as far as it can be told without being a shell. */
export function shellCommandsIn(text: string): ShellCommand[] {
  const found: ShellCommand[] = [];
  let words: string[] = [];
  let word: string | undefined;
  let line = 0;
  let start = 0;
  const endWord = (): void => {
    if (word !== undefined) {
      if (words.length === 0) start = line;
      words.push(word);
    }
    word = undefined;
  };
  const endCommand = (next: ShellCommand['next']): void => {
    endWord();
    const plain = withoutPrefix(words);
    if (plain.length > 0) found.push({ words: plain, line: start, next });
    words = [];
  };

  for (let at = 0; at < text.length;) {
    const character = text[at] as string;
    const operator = operators.find((candidate) => text.startsWith(candidate, at));
    if (character === '\\') {
      if (text[at + 1] === '\n') line++;
      else word = (word ?? '') + (text[at + 1] ?? '');
      at += 2;
    } else if (character === "'" || character === '"') {
      const closes = closingQuote(text, at);
      word = (word ?? '') + text.slice(at + 1, closes);
      line += text.slice(at, closes).split('\n').length - 1;
      at = closes + 1;
    } else if (text.startsWith('$(', at) || text.startsWith('${', at)) {
      const closes = closingBracket(text, at + 1);
      word = (word ?? '') + text.slice(at, closes + 1);
      line += text.slice(at, closes).split('\n').length - 1;
      at = closes + 1;
    } else if (character === '#' && word === undefined) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else if (text.startsWith('<<', at) && !text.startsWith('<<<', at)) {
      const end = endOfHereDocument(text, at);
      endCommand(';');
      line += text.slice(at, end).split('\n').length - 1;
      at = end;
    } else if (operator !== undefined && !isPartOfRedirection(text, at)) {
      endCommand(operator === '&&' || operator === '||' || operator === '|' || operator === '&' ? operator : ';');
      if (operator === '\n') line++;
      at += operator.length;
    } else if (/\s/.test(character)) {
      endWord();
      at++;
    } else {
      word = (word ?? '') + character;
      at++;
    }
  }
  endCommand('');
  return found;
}

/** `2>&1` and `&>log` are no end of a command. */
function isPartOfRedirection(text: string, at: number): boolean {
  return text[at] === '&' && (text[at - 1] === '>' || text[at + 1] === '>');
}

function closingQuote(text: string, opens: number): number {
  const quote = text[opens];
  for (let at = opens + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

function closingBracket(text: string, opens: number): number {
  const [open, close] = text[opens] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let at = opens; at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) return at;
  }
  return text.length;
}

function endOfHereDocument(text: string, at: number): number {
  const [, mark] = /^<<-?\s*['"]?(\w+)['"]?/.exec(text.slice(at, at + 80)) ?? [];
  if (mark === undefined) return at + 2;
  const end = new RegExp(`\\n\\s*${mark}\\s*(?=\\n|$)`).exec(text.slice(at));
  return end ? at + end.index + end[0].length : text.length;
}

function withoutPrefix(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !before.test(word) && !assignment.test(word));
  const plain = first === -1 ? [] : words.slice(first);
  return plain.length === 1 && /^(?:fi|done|esac|\}|else|then|do)$/.test(plain[0] ?? '') ? [] : plain;
}
