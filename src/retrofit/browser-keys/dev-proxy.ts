import type { Node, ObjectExpression, ObjectProperty } from '@babel/types';
import { keyNameOf } from '../../code/calls.ts';
import { sourceOf } from '../../code/edit/source.ts';
import type { SpanEdit } from '../../code/edit/spans.ts';
import { listEntryAfter } from '../../code/edit/statements.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';

/** What stands between a page and the server while the page is developed. */
export type DevProxy =
  /** Nothing, or something that passes everything on. */
  | { readonly kind: 'none' }
  | { readonly kind: 'passes-all' }
  /** A list of addresses, and the edit that adds ours; no edit where it is there. */
  | { readonly kind: 'listed'; readonly path: string; readonly edits: readonly SpanEdit[] }
  /** A development server that passes nothing on. */
  | { readonly kind: 'missing'; readonly path: string };

const prefix = '/guardrails';

/** How the development server of a front end passes questions on to the server. */
export function proxyOf(repository: Repository, app: App): DevProxy {
  const manifest = app.manifest && repository.read(app.manifest.path);
  if (manifest && /"proxy"\s*:\s*"https?:\/\//.test(manifest)) return { kind: 'passes-all' };
  const config = app.files.find(({ path }) => /(?:^|\/)vite\.config\.[cm]?[jt]s$/.test(path));
  const module = config && repository.module(config.path);
  if (!module) return { kind: 'missing', path: config?.path ?? app.manifest?.path ?? app.root };
  const proxy = nodesOf(module.tree, 'ObjectProperty').find(
    (each) => keyNameOf(each) === 'proxy' && each.value.type === 'ObjectExpression',
  )?.value as ObjectExpression | undefined;
  return (proxy && listed(module, proxy)) ?? { kind: 'missing', path: module.path };
}

function listed(module: Module, { properties }: ObjectExpression): DevProxy | undefined {
  const entries = properties.filter((each): each is ObjectProperty => each.type === 'ObjectProperty');
  const keys = entries.map((each) => keyNameOf(each) ?? '');
  if (keys.some((key) => key === '/')) return { kind: 'passes-all' };
  if (keys.some((key) => prefix.startsWith(key) && key !== '')) return { kind: 'listed', path: module.path, edits: [] };
  const last = entries.at(-1);
  const target = entries.map((each) => targetIn(module, each.value)).find((each) => each !== undefined);
  if (!last || target === undefined) return undefined;
  const source = sourceOf(module);
  const { quote } = source.style;
  const entry = `${quote}${prefix}${quote}: ${target}`;
  const why = 'the development server passes these addresses on to the app too';
  return { kind: 'listed', path: module.path, edits: [{ ...listEntryAfter(source, last, entry), why }] };
}

/** The address of the server, as it is written for another entry. */
function targetIn(module: Module, value: Node): string | undefined {
  if (value.type === 'StringLiteral' || value.type === 'TemplateLiteral') return textOf(module, value);
  if (value.type !== 'ObjectExpression') return undefined;
  const kept = value.properties.filter(
    (each): each is ObjectProperty =>
      each.type === 'ObjectProperty' && /^(?:target|changeOrigin|secure)$/.test(keyNameOf(each) ?? ''),
  );
  const target = kept.find((each) => keyNameOf(each) === 'target');
  if (!target) return undefined;
  return kept.length === 1
    ? textOf(module, target.value)
    : `{ ${kept.map((each) => textOf(module, each)).join(', ')} }`;
}
