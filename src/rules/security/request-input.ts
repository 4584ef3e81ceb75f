import type { Node } from '@babel/types';
import { isCall, memberNameOf, objectOf, unwrapped, type Call } from '../../code/calls.ts';

/** The parts of a request that a stranger writes. */
export type InputPart = 'body' | 'query' | 'params' | 'headers' | 'files';

/** What people call the request, or the context that holds it. */
export const requestName = /^_?(?:req|request|ctx|context|c|event|call)$/i;

const properties: Readonly<Record<string, InputPart>> = {
  body: 'body',
  rawBody: 'body',
  fields: 'body',
  query: 'query',
  params: 'params',
  param: 'params',
  headers: 'headers',
  cookies: 'headers',
  file: 'files',
  files: 'files',
  searchParams: 'query',
};

/** Of the request of the web (`await request.json()`), of Hono (`c.req.json()`) and of Next (`request.nextUrl.searchParams`). */
const methods: Readonly<Record<string, InputPart>> = {
  json: 'body',
  formData: 'body',
  parseBody: 'body',
  text: 'body',
  query: 'query',
  queries: 'query',
  param: 'params',
  header: 'headers',
};

/** The part of the request that an expression reads, itself and not a part of it: `req.body`, `await c.req.json()`; undefined for any other. */
export function inputIn(node: Node): InputPart | undefined {
  if (isCall(node)) return validatedPart(node) ?? inputOfCall(node.callee);
  const name = memberNameOf(node);
  const object = objectOf(node);
  if (name === undefined || !object) return undefined;
  const part = properties[name];
  if (part && isRequest(object)) return part;
  return name === 'searchParams' && memberNameOf(object) === 'nextUrl' ? 'query' : undefined;
}

/** `c.req.valid('json')` of Hono: what a validator has let through. */
function validatedPart({ callee, arguments: [first] }: Call): InputPart | undefined {
  const object = objectOf(callee);
  if (memberNameOf(callee) !== 'valid' || !object || !isRequest(object) || first?.type !== 'StringLiteral')
    return undefined;
  return validated[first.value];
}

const validated: Readonly<Record<string, InputPart>> = {
  json: 'body',
  form: 'body',
  query: 'query',
  param: 'params',
  header: 'headers',
  cookie: 'headers',
};

function inputOfCall(callee: Node): InputPart | undefined {
  const name = memberNameOf(callee);
  const object = objectOf(callee);
  if (name === undefined || !object) return undefined;
  const isWeb = isRequest(object) && !isContext(object);
  return isWeb ? methods[name] : undefined;
}

/** `req`, `ctx`, and the request inside a context: `ctx.request`, `c.req`. */
function isRequest(node: Node): boolean {
  const plain = unwrapped(node);
  if (plain.type === 'Identifier') return requestName.test(plain.name);
  const inner = memberNameOf(plain);
  const object = objectOf(plain);
  return (inner === 'req' || inner === 'request' || inner === 'raw') && object !== undefined && isRequest(object);
}

/** A context answers with `c.json(...)`; its request reads with `c.req.json()`. */
function isContext(node: Node): boolean {
  const plain = unwrapped(node);
  return plain.type === 'Identifier' && /^_?(?:c|ctx|context)$/i.test(plain.name);
}
