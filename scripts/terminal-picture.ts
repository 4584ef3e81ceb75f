// Draws what a terminal showed as an SVG: `FORCE_COLOR=1 npx shipshape ... | tsx scripts/terminal-picture.ts "npx shipshape ..." > docs/images/x.svg`.
import { text } from 'node:stream/consumers';

const escape = String.fromCodePoint(27);
const columns = 96;
const [characterWidth, lineHeight, margin] = [8.4, 19, 18];
const colors: Readonly<Record<string, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  90: '#8b949e',
};

let style = '';
const typed = process.argv[2] ?? '';
const shown = (await text(process.stdin)).trimEnd().split('\n');
process.stdout.write(draw([`${escape}[32m$${escape}[39m ${typed}`, '', ...shown].flatMap(folded)));

function draw(lines: readonly string[]): string {
  const width = Math.round(columns * characterWidth + 2 * margin);
  const height = Math.round(lines.length * lineHeight + 2 * margin);
  const rows = lines.map((line, index) => {
    const y = margin + 14 + index * lineHeight;
    return `<text x="${margin}" y="${y}" xml:space="preserve">${spans(line)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">`,
    `<title>${escaped(typed)}</title>`,
    `<rect width="100%" height="100%" rx="10" fill="#0d1117"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Colours and weights of one line as SVG spans; a style goes on until the terminal ends it, over line ends too. */
function spans(line: string): string {
  return line
    .split(new RegExp(`(${escape}\\[[0-9;]*m)`))
    .map((part) => {
      const code = new RegExp(`^${escape}\\[([0-9;]*)m$`).exec(part)?.[1];
      if (code === undefined) return part === '' ? '' : `<tspan${style}>${escaped(part)}</tspan>`;
      style = styleOf(code, style);
      return '';
    })
    .join('');
}

function styleOf(code: string, before: string): string {
  if (code === '1') return `${before} font-weight="bold"`;
  if (code === '2') return `${before} fill="#8b949e"`;
  if (code === '0' || code === '39' || code === '22') return '';
  return colors[code] ? ` fill="${colors[code]}"` : before;
}

/** Lines longer than the picture go on below, broken between words. */
function folded(line: string): string[] {
  if (line.replaceAll(new RegExp(`${escape}\\[[0-9;]*m`, 'g'), '').length <= columns) return [line];
  const end = line.lastIndexOf(' ', columns);
  return [line.slice(0, end), ...folded(`    ${line.slice(end + 1)}`)];
}

function escaped(part: string): string {
  return part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
