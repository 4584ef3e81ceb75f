import { nameKindOf } from './names.ts';
import { valueAfter } from './text-literals.ts';

const nameToken = /[A-Za-z_$@][\w$.\-@]*/g;

/** Every value in quotes, or at the end of a `NAME=value` line, that is given to the name of a secret, whatever it looks like. */
export function givenInText(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const token of text.matchAll(nameToken)) {
    if (!nameKindOf(token[0])) continue;
    const settingLine = /(?:^|\n)\s*(?:export\s+|-\s*|ENV\s+|ARG\s+)?$/.test(
      text.slice(Math.max(0, token.index - 40), token.index),
    );
    const kind = { writing: settingLine ? 'yaml' : 'code', setting: 'config', localOnly: false } as const;
    const value = valueAfter(text, token[0], token.index, kind);
    if (
      value &&
      value.text.length > 2 &&
      !value.text.endsWith('…') &&
      !/^(?:process\.env|req\.|request\.|await |new |\()/.test(value.text)
    )
      found.push({ start: value.start, end: value.start + value.text.length });
  }
  return found;
}
