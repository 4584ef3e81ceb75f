import type { Module } from '../../code/module.ts';
import { NotParsed, parseModule } from '../../code/parse.ts';
import { withoutMark } from '../../code/edit/spans.ts';

/**
 * The scripts that are written into a page, as one module: everything around them is blank, so that every place in it is the same place in
 * the page. Undefined where there are none, or where they cannot be read.
 */
export function scriptsOfPage(path: string, page: string): Module | undefined {
  const text = withoutMark(page);
  let code = '';
  let end = 0;
  for (const found of text.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script\s*>/gi)) {
    const [, tag = '', body = ''] = found;
    if (!isScript(tag) || body.trim() === '') continue;
    const start = found.index + tag.length;
    code += blank(text.slice(end, start)) + body;
    end = start + body.length;
  }
  if (end === 0) return undefined;
  try {
    return { ...parseModule(scriptName(text), code + blank(text.slice(end))), path };
  } catch (error) {
    if (error instanceof NotParsed) return undefined;
    throw error;
  }
}

/** True for a page, or a component of Vue or Svelte, that has its scripts in it. */
export function holdsScripts(path: string): boolean {
  return /\.(?:html?|vue|svelte)$/.test(path);
}

/** What its scripts would be called if they were a file: by its ending one knows how to read them. */
export function scriptName(page: string): string {
  return /<script\b[^>]*\blang\s*=\s*["']?ts\b/i.test(page) ? 'page.ts' : 'page.js';
}

/** No template, no JSON, no file elsewhere. */
function isScript(tag: string): boolean {
  const type = /\btype\s*=\s*["']?([^"'\s>]*)/i.exec(tag)?.[1] ?? '';
  return !/\bsrc\s*=/i.test(tag) && /^(?:module|(?:text|application)\/(?:java|ecma)script)?$/i.test(type);
}

/** What stands around scripts is nothing to them, but it ends a statement and it is no empty line. */
function blank(text: string): string {
  return text
    .replaceAll(/[^\r\n]/g, ' ')
    .replace(/^ /, ';')
    .replace(/ $/, ';');
}
