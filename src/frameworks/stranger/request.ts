import type { Run } from '../../code/run/run.ts';
import {
  absent,
  constant,
  native,
  record,
  textOfValue,
  undefinedValue,
  unknown,
  type NativeObject,
  type Site,
  type Value,
} from '../../code/run/values.ts';
import { fail } from './endings.ts';
import type { Visit } from './visit.ts';

/** What a stranger asks for. */
export interface Asked {
  /** `ALL` for any; undefined where it is to be found out what the code asks for. */
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** The part of the path that mounts took away before the handler sees it. */
  readonly prefix: string;
}

/** Names under which code keeps who is asking. */
export const principalName =
  /user|auth|account|admin|session|token|principal|identity|member|customer|owner|role|logged|claims|jwt|uid$|tenant|decoded|profile|person|employee|student|teacher/i;
const credentialHeader =
  /authori[sz]ation|api-?key|token|secret|signature|^x-.*(?:user|auth|key)|cookie|session|hmac|svix/i;

/** An object whose credentials are not there; whatever else it is asked for is chosen by whoever asks. */
function lacking(type: string, visit: Visit, isCredential: (name: string) => boolean): Value {
  const read = (name: string | undefined): Value =>
    name === undefined || isCredential(name) ? visit.missing() : unknown(`${name} of the request`, 'request', name);
  return native({
    type,
    entries: new Map(),
    get: (name) => (/^(?:get|has|set|delete|entries|forEach|remove|toJSON|raw)$/.test(name) ? undefined : read(name)),
    call: (name, [first]) => {
      if (name === 'get' || name === 'has') return read(textOfValue(first));
      return undefinedValue;
    },
  });
}

export function headersOf(visit: Visit): Value {
  return lacking('headers', visit, (name) => credentialHeader.test(name));
}

export function cookiesOf(visit: Visit): Value {
  return lacking('cookies', visit, () => true);
}

/** A session that nobody has begun. What is put into it stays there. */
export function sessionOf(visit: Visit, run: Run): Value {
  const session: NativeObject = {
    type: 'session',
    entries: new Map(),
    get: (name) =>
      /^(?:destroy|regenerate|save|reload|touch|get|set|flash|delete|changed|options|cookie|id|sessionId)$/.test(name)
        ? plain(name)
        : visit.missing(),
    call(name, given, site) {
      if (name === 'get') return session.entries.get(textOfValue(given[0]) ?? '') ?? visit.missing();
      if (name === 'set') run.journal.set(session.entries, textOfValue(given[0]) ?? '?', given[1] ?? undefinedValue);
      const callback = given.at(-1);
      return callback?.kind === 'function' ? run.invoke(callback, [constant(null)], site) : undefinedValue;
    },
  };
  return native(session);
}

function plain(name: string): Value | undefined {
  return name === 'cookie' || name === 'options' ? record([], true) : undefined;
}

/** The request as Express, Fastify and Node hand it over. */
export function requestOf(visit: Visit, run: Run, asked: () => Asked): Value {
  const parts = new Map<string, Value>([
    ['headers', headersOf(visit)],
    ['cookies', cookiesOf(visit)],
    ['signedCookies', cookiesOf(visit)],
    ['session', sessionOf(visit, run)],
  ]);
  const request: NativeObject = {
    type: 'request',
    entries: new Map(),
    get(name) {
      const { method, path, prefix } = asked();
      if (name === 'method')
        return method === undefined || method === 'ALL' ? unknown('the method', 'request', 'method') : constant(method);
      if (/^(?:originalUrl|url|path|_parsedUrl)$/.test(name))
        return path === undefined
          ? unknown('the address', 'request', 'url')
          : constant(name === 'originalUrl' ? path : below(path, prefix));
      if (name === 'baseUrl') return constant(prefix === '/' ? '' : prefix);
      if (/^(?:body|query|params|file|files|rawBody)$/.test(name))
        return unknown(`${name} of the request`, 'request', name);
      if (/^(?:raw|req|request)$/.test(name)) return native(request);
      if (methodNames.test(name)) return undefined;
      return parts.get(name) ?? (principalName.test(name) ? visit.missing() : unknown(`${name} of the request`));
    },
    call: (name, given, site) => callOnRequest(visit, run, name, given, site),
  };
  return native(request);
}

const methodNames =
  /^(?:get|header|isAuthenticated|isUnauthenticated|jwtVerify|logIn|login|logOut|logout|on|once|is|accepts|flash|csrfToken|pipe|param|unsignCookie|saveUninitialized|setEncoding|cookie)$/;

function below(path: string, prefix: string): string {
  return prefix !== '/' && path.startsWith(prefix) ? path.slice(prefix.length) || '/' : path;
}

function callOnRequest(visit: Visit, run: Run, name: string, given: readonly Value[], site: Site): Value {
  const [first] = given;
  const last = given.at(-1);
  if (name === 'get' || name === 'header') {
    const header = textOfValue(first);
    return header === undefined || credentialHeader.test(header)
      ? visit.missing()
      : unknown(`the header ${header}`, 'request', header);
  }
  if (name === 'isAuthenticated' || name === 'isUnauthenticated') {
    visit.consulted = true;
    return constant(name === 'isUnauthenticated');
  }
  if (/^(?:jwtVerify|authenticate|verify\w*)$/.test(name)) {
    visit.consulted = true;
    fail(visit, run, record([['statusCode', constant(401)]]), site);
    return absent;
  }
  if (/^(?:logIn|login)$/.test(name)) visit.signedIn = true;
  if (last?.kind !== 'function')
    return /^(?:flash|unsignCookie)$/.test(name) ? unknown(name) : unknown(`${name} of the request`, 'request');
  return run.invoke(
    last,
    name === 'on' || name === 'once' ? [unknown('a part of the body', 'request')] : [undefinedValue],
    site,
  );
}
