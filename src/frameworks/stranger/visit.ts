import { callBack } from '../../code/run/invoke.ts';
import { Thrown, type Host, type Run } from '../../code/run/run.ts';
import {
  absent,
  constant,
  externalPath,
  isSetting,
  nothing,
  optionsOf,
  record,
  undefinedValue,
  unknown,
  type External,
  type Native,
  type Site,
  type Value,
} from '../../code/run/values.ts';
import { mannerOf, nameOf } from './packages.ts';
import { urlFrom } from './urls.ts';

/** How a way of the stranger through code ended, or `none` while it goes on. */
export type Ending = 'none' | 'next' | 'answered' | 'refused' | 'rejected' | 'failed';

interface Doubt {
  readonly site: Site;
  readonly about: 'opaque' | 'environment';
  readonly why: string;
}

/** Functions that say who is asking, of whatever library: they find nobody. */
const askers =
  /(?:^|\.)(?:auth|currentUser|getCurrentUser|getAuth|getSession|getServerSession|unstable_getServerSession|getUser|getToken|getAccessToken|validateSession|validateSessionToken|validateRequest|getSessionUser|getSessionFromRequest|getCookie|getSignedCookie)\(\)$/;
/** Functions that throw, or tell their callback, that a credential is no good. */
const verifiers =
  /(?:^|\.)(?:\w*[vV]erify\w*|constructEvent(?:Async)?|unseal\w*|unsign|decrypt|jwtDecrypt|authenticateRequest|introspect\w*)\(\)$/;

/** One request of somebody who shows no credential, followed through code. */
export class Visit implements Host {
  readonly refusals: { readonly site: Site; readonly how: string }[] = [];
  /** Where requests were answered, in whatever way. */
  readonly answers: (Site & { readonly how: string })[] = [];
  readonly doubts: Doubt[] = [];
  /** True when the code has looked for a credential. */
  consulted = false;
  /** True when something in the request was compared with a secret that a stranger does not know. */
  guessed = false;
  /** True when the code signs somebody in. */
  signedIn = false;

  /** Notes how the ways that are still open end. */
  end(run: Run, ending: Ending, site: Site, how: string): void {
    if (ending !== 'next' && run.marks.has('none')) this.answers.push({ ...site, how });
    if (ending === 'refused' && run.marks.has('none')) this.refusals.push({ site, how });
    run.marks = new Set([...run.marks].map((mark) => (mark === 'none' ? ending : mark)));
  }

  /** A credential that the stranger does not show. */
  missing(): Value {
    this.consulted = true;
    return absent;
  }

  /** What `ctx.throw(401)` throws. */
  thrownBy(status: Value, given: readonly Value[]): Thrown {
    const told = given.find((value) => value.kind === 'constant' && typeof value.value === 'string');
    return new Thrown(
      record([
        ['status', status],
        ['message', told ?? constant('')],
      ]),
    );
  }

  called(run: Run, callee: External, given: readonly Value[], made: boolean, site: Site): Value | undefined {
    const path = `${externalPath(callee)}()`;
    const next = given.find((value): value is Native => value.kind === 'native' && value.object.type === 'next');
    if (next) return this.#handedOn(run, callee, next, site);
    const url = urlFrom(callee, given);
    if (url) return url;
    if (given.some((value) => holdsNothing(value))) return this.#withNothing(run, path, given, made, site);
    if (askers.test(path) && !path.startsWith('globalThis')) {
      this.consulted = true;
      return nothing;
    }
    const request = given.find((value) => holdsRequest(value));
    if (!request) return this.#signsIn(path);
    if (mannerOf({ ...callee, steps: [...callee.steps, { call: given, made, site }] }) === 'passes') return undefined;
    callBack(run, given, site);
    return unknown(`what ${nameOf(callee)} makes of the request`, 'opaque');
  }

  #signsIn(path: string): undefined {
    if (/(?:^|\.)(?:sign|signAsync|encode|setCookie|setSignedCookie|createSession|signToken)\(\)$/.test(path))
      this.signedIn = true;
    return undefined;
  }

  /** Code of a package gets the request and `next`: what it is known for decides. */
  #handedOn(run: Run, callee: External, next: Native, site: Site): Value {
    const manner = mannerOf(callee);
    if (manner === 'refuses') this.end(run, 'refused', site, `${nameOf(callee)} refuses`);
    else if (manner === 'signs in') this.end(run, 'answered', site, 'signs people in');
    else {
      if (manner === 'unknown')
        this.doubts.push({ site, about: 'opaque', why: `what ${nameOf(callee)} does is not known` });
      next.object.call('', [], site);
    }
    return undefinedValue;
  }

  #withNothing(run: Run, path: string, given: readonly Value[], made: boolean, site: Site): Value {
    const callback = given.at(-1)?.kind === 'function' ? given.at(-1) : undefined;
    if (verifiers.test(path) && !made) {
      this.consulted = true;
      const error = record([['message', constant('no credential')]], true);
      if (!callback) throw new Thrown(error);
      return run.invoke(callback, [error, nothing, nothing], site);
    }
    run.risky = true;
    if (callback) return run.invoke(callback, [constant(null), nothing, nothing], site);
    callBack(run, given, site, [nothing]);
    return made && /Error|Exception/.test(path) ? unknown('an error') : nothing;
  }

  equal(_: Run, one: Value, other: Value): boolean | undefined {
    const [setting, value] = isSetting(one) ? [one, other] : [other, one];
    if (isSetting(setting)) {
      if (value.kind === 'unknown' && value.source === 'request') return this.#guess();
      if (value.kind !== 'constant' || typeof value.value !== 'string') return undefined;
      const flag = externalPath(setting);
      return flag.endsWith('.NODE_ENV') && value.value !== 'test' ? undefined : false;
    }
    const [text, asked] = one.kind === 'constant' ? [one, other] : [other, one];
    const isSecret = text.kind === 'constant' && typeof text.value === 'string' && text.value.length > 0;
    if (isSecret && asked.kind === 'unknown' && asked.source === 'request' && credentialName.test(asked.name ?? ''))
      return this.#guess();
    return undefined;
  }

  #guess(): false {
    this.guessed = true;
    this.consulted = true;
    return false;
  }

  doubted(_: Run, condition: Value, site: Site): void {
    for (const option of optionsOf(condition)) {
      if (option.kind === 'unknown' && option.source === 'opaque')
        this.doubts.push({ site, about: 'opaque', why: option.why });
      const isEnvironment = isSetting(option) || (option.kind === 'unknown' && option.source === 'environment');
      if (isEnvironment)
        this.doubts.push({ site, about: 'environment', why: 'a setting decides whether anybody is asked' });
    }
  }
}

const credentialName = /pass|pwd|pin$|secret|token|api[-_]?key|^key$|^code$|credential|auth/i;

function holdsNothing(value: Value, depth = 0): boolean {
  if (value.kind === 'nothing') return true;
  if (depth > 3) return false;
  if (value.kind === 'list') return value.items.some((item) => holdsNothing(item, depth + 1));
  if (value.kind === 'record' && !value.of)
    return [...value.entries.values()].some((entry) => holdsNothing(entry, depth + 1));
  return value.kind === 'either' && value.options.every((option) => holdsNothing(option, depth + 1));
}

/** Whether a value is the request, or holds the parts of it that carry credentials. */
function holdsRequest(value: Value, depth = 0): boolean {
  if (value.kind === 'native') return /^(?:request|headers|cookies|context)$/.test(value.object.type);
  if (value.kind !== 'record' || depth > 2) return false;
  return [...value.entries.values()].some((entry) => holdsRequest(entry, depth + 1));
}
