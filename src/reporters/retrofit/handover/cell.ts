import { markup, type Markup } from '../../check/html/markup.ts';

/** A cell of a table; on a phone, where a line of the table becomes a card, it is told by its name. */
export function cell(name: string, content: Markup | string): Markup {
  return markup`<td data-name="${name}"><div>${content}</div></td>`;
}

/** A sentence from elsewhere, as one that stands alone: names of files and commands stay as they are. */
export function asSentence(text: string): string {
  return /^[a-z]+ /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** A route, which may be broken behind each slash. */
export function routeCode(key: string): Markup {
  const parts = key.split('/');
  return markup`<code>${parts.map((part, index) => markup`${index > 0 && markup`/<wbr>`}${part}`)}</code>`;
}
