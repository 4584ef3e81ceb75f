import { daysLater } from '../answers/values.ts';
import { KnownError } from '../errors.ts';
import { textOfHandlers } from '../frameworks/handler-text.ts';
import type { Server } from '../frameworks/server.ts';
import { guardrailIds, type GuardrailId } from '../guardrails/ids.ts';
import type { App } from '../repository/apps.ts';
import type { Repository } from '../repository/repository.ts';
import { accessIn } from './access-in.ts';
import { accessOf, openRule, tableOf, type AccessEntry } from './access-of.ts';
import type { RetrofitAnswers } from './answers.ts';
import { chosenIn } from './plan-retrofit.ts';
import type { GivenRetrofit } from './given.ts';

/** What the usual answers depend on. */
export interface About {
  readonly repository: Repository;
  readonly app: App;
  readonly server: Server | undefined;
  readonly clock: Date;
}

const usualDays = 60;

/** Fills every gap with its usual value. Only the owner has none: without one it throws. */
export function settleRetrofit(given: GivenRetrofit, about: About): RetrofitAnswers {
  const { owner, secondOwner } = given;
  if (owner === undefined) throw missingOwner();
  return {
    app: about.app.root,
    auth: given.auth ?? 'password',
    authMode: given.authMode ?? 'enforce',
    signUp: given.signUp ?? 'closed',
    surface: given.surface ?? surfaceOf(about),
    ci: given.ci ?? (about.repository.file('.gitlab-ci.yml') ? 'gitlab' : 'github'),
    data: given.data ?? 'internal',
    owner,
    ...(secondOwner !== undefined && { secondOwner }),
    onCall: given.onCall ?? owner,
    expires: given.expires ?? daysLater(about.clock, usualDays),
    afterExpiry: given.afterExpiry ?? 'warn',
    access: accessIn(about.repository, about.app) ?? tableOf(entriesFor(given, about)),
    guardrails: guardrailsFor(given),
  };
}

/** The access table as it was asked for: what the code suggests, and what somebody has said otherwise. */
export function entriesFor({ open, close }: GivenRetrofit, { repository, server }: About): readonly AccessEntry[] {
  if (!server) return [];
  const suggested = accessOf(repository, server);
  const known = new Set(suggested.map(({ key }) => asTyped(key)));
  const unknown = [...(open?.keys() ?? []), ...(close ?? [])].find((key) => !known.has(key));
  if (unknown !== undefined) throw noSuchRoute(unknown, [...known]);
  return suggested.map((entry) => {
    const reason = open?.get(asTyped(entry.key));
    if (reason !== undefined) return { ...entry, kind: 'open', why: reason, rule: openRule(reason) };
    if (close?.has(asTyped(entry.key))) return { ...entry, kind: 'user', why: 'you said so', rule: "'user'" };
    return entry;
  });
}

/** Nobody types the second blank that Express has before a pattern. */
function asTyped(key: string): string {
  return key.replaceAll(/ +/g, ' ');
}

function guardrailsFor({ only = guardrailIds, skip = [] }: GivenRetrofit): readonly GuardrailId[] {
  const chosen = chosenIn(only).filter((id) => !skip.includes(id));
  if (chosen.length > 0) return chosen;
  throw new KnownError({
    code: 'conflicting-flags',
    what: 'No guardrail is left: --skip takes out everything that --only names.',
    where: '--skip',
    next: 'Leave one of the two out.',
  });
}

/** Where people see pages, they are led to where one signs in. */
function surfaceOf({ repository, server }: About): 'pages' | 'api' {
  if (!server) return 'api';
  const showsPages = server.routes.some(
    (route) => route.method !== 'POST' && sendsPage.test(textOfHandlers(repository, route.handlers)),
  );
  return server.statics.length > 0 || showsPages ? 'pages' : 'api';
}

const sendsPage =
  /\.(?:render|sendFile|sendfile|view|html)\s*\(|<(?:!doctype|html|body|h1|form)\b|text\/html|createReadStream/i;

function noSuchRoute(key: string, known: readonly string[]): KnownError {
  return new KnownError({
    code: 'bad-value',
    what: `The project has no route ${key}.`,
    where: key,
    next: known.length === 0 ? 'It has no routes at all.' : `It has: ${known.slice(0, 12).join(', ')}`,
  });
}

function missingOwner(): KnownError {
  return new KnownError({
    code: 'missing-owner',
    what: 'Nobody is named who answers for this project, and create-shipshape never guesses it.',
    where: '--owner',
    next: 'Add --owner @handle, --owner @company/team or --owner name@example.com',
  });
}
