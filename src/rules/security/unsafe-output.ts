import type { Node } from '@babel/types';
import { isCall, memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import { importsOf } from '../../code/imports.ts';
import { textOf, type Module } from '../../code/module.ts';
import { isReached, type Danger, type Detector } from './danger.ts';
import { isSettled } from './settled.ts';
import { handlerAround } from './taint.ts';

const fileFunctions =
  /^(?:readFile|readFileSync|writeFile|writeFileSync|appendFile|appendFileSync|unlink|unlinkSync|rm|rmSync|createReadStream|createWriteStream|readdir|readdirSync|open|openSync|copyFile|rename|stat|statSync|sendFile|download)$/;

/** A path that a stranger wrote, given to the file system. */
export const foreignPath: Detector = (node, around, module): Danger | undefined => {
  if (!isCall(node)) return undefined;
  const name = node.callee.type === 'Identifier' ? node.callee.name : memberNameOf(node.callee);
  const [path, options] = node.arguments;
  if (
    !fileFunctions.test(name ?? '') ||
    !path ||
    !isReached(path, around) ||
    !isOfFiles(node.callee, name ?? '', module)
  )
    return undefined;
  if (options?.type === 'ObjectExpression' && textOf(module, options).includes('root')) return undefined;
  const handler = handlerAround(around);
  const text = handler ? textOf(module, handler) : '';
  if (/\.startsWith\(|path\.relative\(|basename\(|\.includes\(['"]\.\.|!?\/[^/\n]+\/[a-z]*\.test\(/.test(text))
    return undefined;
  return {
    node,
    reached: true,
    message: 'A stranger chooses which file of the server is opened, any file of it, the one with the passwords too.',
    remedy:
      'Look the name up in a list, or take path.basename of it and check that the resolved path stays inside the folder.',
  };
};

function isOfFiles(callee: Node, name: string, module: Module): boolean {
  const object = objectOf(callee);
  if (/^(?:sendFile|download)$/.test(name))
    return object?.type === 'Identifier' && /^(?:res|response|reply)$/.test(object.name);
  return importsOf(module).some(
    ({ specifier, names }) =>
      /^(?:node:)?fs(?:\/promises)?$|^fs-extra$/.test(specifier) &&
      names.some(({ local }) => textOf(module, callee).split(/[.?]+/)[0] === local),
  );
}

/** HTML of React that is not the programmer's own, and pages into which the server writes what a stranger sent. */
export const foreignHtml: Detector = (node, around, module): Danger | undefined => {
  const raw = node.type === 'JSXAttribute' && node.name.name === 'dangerouslySetInnerHTML' ? node.value : undefined;
  if (raw)
    return isOwnHtml(textOf(module, raw), raw, around, module) ? undefined : danger(node, isReached(raw, around));
  if (!isCall(node) || !/^(?:send|end|html|write)$/.test(memberNameOf(node.callee) ?? '')) return undefined;
  const [first] = node.arguments;
  const page = first && unwrapped(first);
  if (page?.type !== 'TemplateLiteral' || !/<\w+/.test(textOf(module, page))) return undefined;
  return page.expressions.some((hole) => isReached(hole, around)) ? danger(node, true) : undefined;
};

function danger(node: Node, reached: boolean): Danger {
  return {
    node,
    reached,
    message:
      'A text from outside becomes part of a page as code: it runs in the browser of whoever opens it, and acts in their name.',
    remedy: 'Show it as text, or clean it first with DOMPurify or sanitize-html.',
  };
}

/** Data for search engines, cleaned text, constants, and the style sheet of the charts of shadcn/ui. */
function isOwnHtml(text: string, raw: Node, around: readonly Node[], { path }: Module): boolean {
  if (/saniti[sz]e|purify|escape|JSON\.stringify|THEMES|ld\+json/i.test(text) || /(?:^|\/)chart\.[jt]sx$/.test(path))
    return true;
  const value = /__html:\s*([\s\S]*?)\s*,?\s*\}/.exec(text)?.[1] ?? '';
  if (/^["'`][^$]*$/.test(value)) return true;
  const html =
    raw.type === 'JSXExpressionContainer' && raw.expression.type === 'ObjectExpression'
      ? raw.expression.properties[0]
      : undefined;
  return html?.type === 'ObjectProperty' && isSettled(html.value, around);
}
