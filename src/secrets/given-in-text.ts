import { nameKindOf } from './names.ts';
import { valueAfter } from './text-literals.ts';

const nameToken = /[A-Za-z_$@][\w$.\-@]*/g;
/** A value that the program looks up or works out. */
const workedOut = /^(?:process\.env|(?:req|request|ctx|context|event|body|params|config|this)\.|await |new |\()|[(;]/;

/** Every value in quotes, at the end of a `name: value` line or right behind `NAME=`, that is given to the name of a secret, whatever it looks like. */
export function givenInText(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const token of text.matchAll(nameToken)) {
    const [name] = token;
    if (!nameKindOf(name)) continue;
    const opensLine = /(?:^|\n)\s*(?:export\s+|-\s*|ENV\s+|ARG\s+)?$/.test(
      text.slice(Math.max(0, token.index - 40), token.index),
    );
    const end = token.index + name.length;
    const besideEquals = text[end] === '=' && /[^\s=>]/.test(text[end + 1] ?? ' ');
    const writing = opensLine ? 'yaml' : besideEquals ? 'json' : 'code';
    const value = valueAfter(text, name, token.index, { writing, setting: 'config', localOnly: false });
    if (!value || value.text.length < 3 || value.text.endsWith('…')) continue;
    const quoted = /["'`]/.test(text[value.start - 1] ?? '');
    if (quoted || !workedOut.test(value.text)) found.push({ start: value.start, end: value.start + value.text.length });
  }
  return found;
}
