import type { NewExpression, Node, ObjectExpression, ObjectProperty } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { keyNameOf } from '../../code/calls.ts';
import { listEntryAfter } from '../../code/edit/statements.ts';
import { sourceOf } from '../../code/edit/source.ts';
import type { SpanEdit } from '../../code/edit/spans.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { addressOf } from './address.ts';
import { keySourceOf, type KeySource } from './key-source.ts';
import { providers, sdks, type Provider, type Sdk } from './providers.ts';

/** A client of a paid service that a page makes with a key of the project. */
export interface SdkClient {
  readonly module: Module;
  readonly node: NewExpression;
  readonly provider: Provider;
  readonly path: string;
  readonly source: KeySource;
  /** What lets it ask this app; undefined where it cannot be told to. */
  readonly edits: readonly SpanEdit[] | undefined;
}

/** What stands in a page where a key stood. Two spaces make sure that nobody takes it for one. */
export const keptOnServer = 'kept on the server';

/** `new OpenAI({ apiKey, dangerouslyAllowBrowser: true })` and its kin. */
export function sdkClientsIn(repository: Repository, module: Module): readonly SdkClient[] {
  return nodesOf(module.tree, 'NewExpression').flatMap((node): SdkClient[] => {
    const made = definitionOf(repository, module, node.callee);
    if (made?.kind !== 'package') return [];
    const maker = made.path.at(-1) ?? 'default';
    const sdk = sdks.find(({ packages, makers }) => packages.test(made.name) && makers.test(maker));
    const [given] = node.arguments;
    if (!sdk) return oldGemini(repository, module, node, made.name);
    if (given?.type !== 'ObjectExpression') return [];
    const key = propertyOf(given, 'apiKey');
    const source = key && keySourceOf(repository, module, key.value);
    const at = key && placeOfSdk(repository, module, given, sdk);
    if (!source || !at) return [];
    return [{ module, node, source, ...at, edits: editsOf(module, given, key, sdk, at) }];
  });
}

interface At {
  readonly provider: Provider;
  readonly path: string;
}

/** Where a client asks: at its own service, or where it is told to. */
function placeOfSdk(repository: Repository, module: Module, given: ObjectExpression, sdk: Sdk): At | undefined {
  const told = propertyOf(given, 'baseURL');
  if (told) return addressOf(repository, module, told.value);
  const provider = providers.find(({ name }) => name === sdk.provider);
  return provider && { provider, path: sdk.path };
}

function editsOf(
  module: Module,
  given: ObjectExpression,
  key: ObjectProperty,
  { option }: Sdk,
  { provider, path }: At,
): SpanEdit[] | undefined {
  const source = sourceOf(module);
  const { quote } = source.style;
  const kept = `${quote}${keptOnServer}${quote}`;
  const why = 'the key stays on the server';
  const [start, end] = key.shorthand ? [key.start ?? 0, key.end ?? 0] : [key.value.start ?? 0, key.value.end ?? 0];
  const withoutKey = { start, end, text: key.shorthand ? `apiKey: ${kept}` : kept, why };
  const address = `new URL(${quote}/guardrails/${provider.name}${path}${quote}, window.location.href).href`;
  const asks = 'it asks this app, which passes the question on';
  const told = propertyOf(given, 'baseURL');
  if (told && !told.shorthand)
    return [withoutKey, { start: told.value.start ?? 0, end: told.value.end ?? 0, text: address, why: asks }];
  if (told || propertyOf(given, 'httpOptions')) return undefined;
  const entry = option === 'baseURL' ? `baseURL: ${address}` : `httpOptions: { baseUrl: ${address} }`;
  return [withoutKey, { ...listEntryAfter(source, key, entry), why: asks }];
}

/** `new GoogleGenerativeAI(key)` takes its address with each model: that is for a person. */
function oldGemini(repository: Repository, module: Module, node: NewExpression, name: string): SdkClient[] {
  const [key] = node.arguments;
  const provider = providers.find((each) => each.name === 'gemini');
  const source = name === '@google/generative-ai' && key ? keySourceOf(repository, module, key) : undefined;
  return source && provider ? [{ module, node, provider, path: '', source, edits: undefined }] : [];
}

function propertyOf({ properties }: ObjectExpression, name: string): ObjectProperty | undefined {
  return properties.find((each): each is ObjectProperty => each.type === 'ObjectProperty' && keyNameOf(each) === name);
}

/** Lines for a person who lets a client ask this app. */
export function linesFor({ module, node, provider }: SdkClient): readonly string[] {
  const made = textOf(module, node.callee);
  return [
    `const ai = new ${made}('${keptOnServer}');`,
    `const asked = { baseUrl: new URL('/guardrails/${provider.name}', window.location.href).href };`,
    `ai.getGenerativeModel({ model: '…' }, asked);`,
  ];
}

/** Whether a node is inside another one. */
export function isInside(
  inner: Node,
  outer: { readonly start?: number | null; readonly end?: number | null },
): boolean {
  return (inner.start ?? -1) >= (outer.start ?? 0) && (inner.end ?? Infinity) <= (outer.end ?? 0);
}
