// Changes one line of a file that only its owner can read, such as .env.
import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';

/** Writes `NAME=value` to a file of such lines, in place of an older one. The file becomes private (mode 600). */
export async function writeLine(file: string, name: string, value: string): Promise<void> {
  const text = existsSync(file) ? await readFile(file, 'utf8') : '';
  await writeFile(file, withLine(text, name, value), { mode: 0o600 });
  await chmod(file, 0o600);
}

/** The text with the line `NAME=value`, quoted where needed. Throws where no quotes can hold the value. */
export function withLine(text: string, name: string, value: string): string {
  const line = `${name}=${quoted(name, value)}`;
  const old = new RegExp(`^(?:export )?${name}=(?:'[^']*'|"[^"]*"|\`[^\`]*\`|.*)$`, 'm');
  if (old.test(text)) return text.replace(old, () => line);
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
}

function quoted(name: string, value: string): string {
  if (/^[\w+/=:.@-]+$/.test(value)) return value;
  const quote = ["'", '`', '"'].find((mark) => !value.includes(mark));
  if (quote === undefined || (quote === '"' && value.includes('\\n')))
    throw new Error(`${name} has every kind of quotation mark in it; a file of this kind cannot hold it.`);
  return `${quote}${value}${quote}`;
}
