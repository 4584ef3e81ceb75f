import type { Run } from '../../code/run/run.ts';
import {
  constant,
  native,
  textOfValue,
  undefinedValue,
  unknown,
  type NativeObject,
  type Site,
  type Value,
} from '../../code/run/values.ts';
import { answer, redirect } from './endings.ts';
import { cookiesOf, headersOf, principalName, requestOf, type Asked } from './request.ts';
import { localsOf } from './response.ts';
import type { Visit } from './visit.ts';

/** The context that Koa hands over: request and response in one, answered by setting `body` and `status`. */
export function koaContextOf(visit: Visit, run: Run, asked: () => Asked): Value {
  const request = requestOf(visit, run, asked);
  const parts = new Map<string, Value>([
    ['request', request],
    ['req', request],
    ['cookies', cookiesOf(visit)],
    ['header', headersOf(visit)],
    ['state', localsOf(visit)],
  ]);
  const context: NativeObject = {
    type: 'context',
    entries: new Map(),
    get: (name, site) => {
      if (methodNames.test(name)) return undefined;
      if (name === 'response') return native(context);
      if (name === 'user') return visit.missing();
      const part = parts.get(name);
      if (part) return part;
      const own = request.kind === 'native' ? request.object.get?.(name, site) : undefined;
      return own ?? unknown(`${name} of the request`);
    },
    set: (name, value, site) => {
      if (name === 'status') setStatus(visit, run, value, site);
      if (name === 'body') answer(visit, run, context.entries.get('status'), value, site);
    },
    call: (name, given, site) => callOnContext(visit, run, request, name, given, site),
  };
  return native(context);
}

const methodNames =
  /^(?:get|set|throw|assert|redirect|render|append|remove|type|is|accepts|isAuthenticated|isUnauthenticated|login|logIn|logout|logOut|send|onerror|attachment|flash|ok|unauthorized|forbidden|notFound|badRequest)$/;

/** The status may be set after the body: it counts all the same. */
function setStatus(visit: Visit, run: Run, value: Value, site: Site): void {
  const code = value.kind === 'constant' ? Number(value.value) : 0;
  if (code < 400) return;
  run.marks = new Set([...run.marks].map((mark) => (mark === 'answered' ? 'none' : mark)));
  answer(visit, run, value, undefined, site);
}

function callOnContext(
  visit: Visit,
  run: Run,
  request: Value,
  name: string,
  given: readonly Value[],
  site: Site,
): Value {
  const [first, second] = given;
  switch (name) {
    case 'throw':
      throw visit.thrownBy(first ?? constant(500), given);
    case 'assert':
      if (first?.kind === 'nothing' || (first?.kind === 'constant' && !first.value))
        throw visit.thrownBy(second ?? constant(500), given);
      return undefinedValue;
    case 'redirect':
      redirect(visit, run, given, site);
      return undefinedValue;
    case 'unauthorized':
    case 'forbidden':
      answer(visit, run, constant(name === 'forbidden' ? 403 : 401), first, site);
      return undefinedValue;
    case 'render':
    case 'send':
    case 'ok':
      answer(visit, run, undefined, undefined, site);
      return undefinedValue;
    case 'get':
    case 'isAuthenticated':
    case 'isUnauthenticated':
    case 'login':
    case 'logIn':
    case 'logout':
    case 'logOut':
      return request.kind === 'native' ? request.object.call(name, given, site) : undefinedValue;
    default:
      return principalName.test(textOfValue(first) ?? '') ? undefinedValue : unknown(name);
  }
}
