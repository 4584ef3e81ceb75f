import type { Run } from '../../code/run/run.ts';
import {
  constant,
  external,
  native,
  textOfValue,
  undefinedValue,
  unknown,
  type NativeObject,
  type Site,
  type Value,
} from '../../code/run/values.ts';
import { answer, redirect } from './endings.ts';
import { headersOf, principalName, requestOf, type Asked } from './request.ts';
import type { Visit } from './visit.ts';

/** The context that Hono hands over. */
export function honoContextOf(visit: Visit, run: Run, asked: () => Asked): Value {
  const request = honoRequestOf(visit, run, asked);
  const variables: NativeObject = {
    type: 'locals',
    entries: new Map(),
    get: (name) => (principalName.test(name) ? visit.missing() : unknown(name)),
    call: () => undefinedValue,
  };
  const context: NativeObject = {
    type: 'context',
    entries: new Map(),
    get: (name) => {
      if (name === 'req') return request;
      if (name === 'var') return native(variables);
      // The bindings of a worker are its settings.
      if (name === 'env') return external('globalThis', 'process', 'env');
      return undefined;
    },
    call: (name, given, site) => callOnContext(visit, run, context, variables, name, given, site),
  };
  return native(context);
}

function callOnContext(
  visit: Visit,
  run: Run,
  context: NativeObject,
  variables: NativeObject,
  name: string,
  given: readonly Value[],
  site: Site,
): Value {
  const [first, second] = given;
  const status = second?.kind === 'record' ? second.entries.get('status') : second;
  const key = textOfValue(first);
  switch (name) {
    case 'json':
    case 'text':
    case 'html':
    case 'body':
    case 'newResponse':
    case 'render':
      answer(visit, run, status ?? context.entries.get('statusCode'), first, site);
      return unknown('an answer');
    case 'notFound':
      answer(visit, run, constant(404), undefined, site);
      return unknown('an answer');
    case 'redirect':
      redirect(visit, run, given, site);
      return unknown('an answer');
    case 'status':
      run.journal.set(context.entries, 'statusCode', first ?? unknown('a status'));
      return undefinedValue;
    case 'set':
      if (key !== undefined && second) run.journal.set(variables.entries, key, second);
      return undefinedValue;
    case 'get':
      if (key === undefined) return unknown('a variable of the request');
      return variables.entries.get(key) ?? variables.get?.(key, site) ?? undefinedValue;
    default:
      return undefinedValue;
  }
}

/** `c.req`: everything is read by calling. */
function honoRequestOf(visit: Visit, run: Run, asked: () => Asked): Value {
  const plain = requestOf(visit, run, asked);
  const request: NativeObject = {
    type: 'request',
    entries: new Map(),
    get: (name, site) => {
      if (name === 'raw') return plain;
      return /^(?:path|url|method)$/.test(name) && plain.kind === 'native' ? plain.object.get?.(name, site) : undefined;
    },
    call: (name, given, site) => {
      const [first] = given;
      if (name === 'header')
        return first && plain.kind === 'native' ? plain.object.call('header', given, site) : headersOf(visit);
      if (name === 'valid' && /^(?:header|cookie)$/.test(textOfValue(first) ?? '')) return visit.missing();
      return unknown(`${name} of the request`, 'request', textOfValue(first) ?? name);
    },
  };
  return native(request);
}
