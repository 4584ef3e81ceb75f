import type { Run } from '../../code/run/run.ts';
import {
  constant,
  native,
  undefinedValue,
  unknown,
  type NativeObject,
  type Site,
  type Value,
} from '../../code/run/values.ts';
import { answer, fail, redirect } from './endings.ts';
import { principalName } from './request.ts';
import type { Visit } from './visit.ts';

/** The response as Express, Fastify and Node hand it over. */
export function responseOf(visit: Visit, run: Run): Value {
  const response: NativeObject = {
    type: 'response',
    entries: new Map(),
    get: (name) =>
      name === 'locals' ? localsOf(visit) : /^(?:raw|res|response)$/.test(name) ? native(response) : properties(name),
    call: (name, given, site) => callOnResponse(visit, run, response, name, given, site),
  };
  return native(response);
}

function properties(name: string): Value | undefined {
  return /^(?:headersSent|sent|writableEnded|finished|socket|req)$/.test(name) ? unknown(name) : undefined;
}

/** `res.locals`, where middleware leaves things for views. */
export function localsOf(visit: Visit): Value {
  return native({
    type: 'locals',
    entries: new Map(),
    get: (name) => (principalName.test(name) ? visit.missing() : unknown(name)),
    call: () => undefinedValue,
  });
}

function callOnResponse(
  visit: Visit,
  run: Run,
  response: NativeObject,
  name: string,
  given: readonly Value[],
  site: Site,
): Value {
  const self = native(response);
  const [first] = given;
  const status = response.entries.get('statusCode');
  switch (name) {
    case 'status':
    case 'code':
    case 'writeHead':
      run.journal.set(response.entries, 'statusCode', first ?? unknown('a status'));
      return self;
    case 'sendStatus':
      answer(visit, run, first, undefined, site);
      return self;
    case 'redirect':
      redirect(visit, run, given, site);
      return self;
    case 'unauthorized':
    case 'forbidden':
      answer(visit, run, constant(name === 'forbidden' ? 403 : 401), undefined, site);
      return self;
    case 'json':
    case 'send':
    case 'end':
    case 'jsonp':
    case 'render':
    case 'view':
    case 'sendFile':
    case 'sendfile':
    case 'download':
    case 'write':
    case 'format':
    case 'hijack':
      answer(visit, run, given.length === 2 && isStatus(first) ? first : status, given.at(-1), site);
      return self;
    case 'cookie':
    case 'setCookie':
      visit.signedIn = true;
      return self;
    default:
      return callback(run, given, self, site);
  }
}

function callback(run: Run, given: readonly Value[], self: Value, site: Site): Value {
  const last = given.at(-1);
  if (last?.kind === 'function' && last.node.params.length > 0) run.invoke(last, [unknown('a value')], site);
  return self;
}

/** Old Express: `res.send(401, 'no')`. */
function isStatus(value: Value | undefined): boolean {
  return value?.kind === 'constant' && typeof value.value === 'number' && value.value >= 100 && value.value < 600;
}

/** `next`: on to whatever comes after, or, with an error, to whoever answers errors. */
export function nextOf(visit: Visit, run: Run): Value {
  return native({
    type: 'next',
    entries: new Map(),
    call(_, [error], site) {
      const isError =
        error && !(error.kind === 'constant' && (!error.value || error.value === 'route' || error.value === 'router'));
      if (isError) fail(visit, run, error, site);
      else visit.end(run, 'next', site, 'goes on');
      return undefinedValue;
    },
  });
}
