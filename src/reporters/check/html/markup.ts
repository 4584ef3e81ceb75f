/** A piece of HTML that is safe to put into a page. */
export interface Markup {
  readonly html: string;
}

type Part = Markup | string | number | readonly Part[] | undefined | false;

/** HTML as it is written; every value in it is escaped unless it is markup itself. */
export function markup(texts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return { html: texts.map((text, index) => text + (index < values.length ? rendered(values[index]) : '')).join('') };
}

function rendered(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map(rendered).join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A text in which what stands between backticks is code. */
export function prose(text: string): Markup {
  const parts = text.split(/`([^`]+)`/);
  return markup`${parts.map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`))}`;
}
