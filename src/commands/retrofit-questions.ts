import { ask, judge } from '../answers/questions.ts';
import { meanings } from '../answers/meanings.ts';
import { person } from '../answers/values.ts';
import { choices } from '../answers/answers.ts';
import { KnownError } from '../errors.ts';
import type { Repository } from '../repository/repository.ts';
import { accessIn } from '../retrofit/access-in.ts';
import type { GivenRetrofit } from '../retrofit/given.ts';
import type { Look } from '../retrofit/look.ts';
import { folderOf, whatItIs } from '../retrofit/scene-of.ts';
import { entriesFor, type About } from '../retrofit/settle.ts';
import { knownEmail } from '../world/git.ts';
import type { Session } from './session.ts';

/** Which app, where there are several. */
export async function askApp(repository: Repository, { apps }: Look): Promise<string | undefined> {
  if (apps.length < 2) return undefined;
  return ask({
    type: 'select',
    message: 'Which app?',
    choices: apps.map((app) => ({ title: folderOf(app), description: whatItIs(repository, app), value: app.root })),
    hint: 'arrows, then Enter',
  });
}

/** Asks what is missing: who answers for it, how delicate its data is, who its users are, and what anybody may call. */
export async function askRetrofit(given: GivenRetrofit, about: About, session: Session): Promise<GivenRetrofit> {
  const asked: GivenRetrofit = {
    ...given,
    ...(given.owner === undefined && (await askOwners(session))),
    ...(given.data === undefined && { data: await askData() }),
  };
  const wantsAuth = (given.only ?? ['auth']).includes('auth') && !given.skip?.includes('auth');
  if (!about.server || !wantsAuth) return asked;
  const isSettled = given.open ?? given.close ?? accessIn(about.repository, about.app);
  const open = isSettled ? {} : await askOpen(asked, about);
  const auth = given.auth ?? (given.signUp ? 'password' : await askAuth());
  return { ...asked, ...open, auth };
}

async function askOwners({ workingDirectory, environment }: Session): Promise<GivenRetrofit> {
  const suggestion = await knownEmail({ folder: workingDirectory, environment });
  const message = 'Who answers for it? @handle or e-mail, two with a comma';
  const initial = suggestion !== undefined && judge(ownersIn)(suggestion) === true ? { initial: suggestion } : {};
  return ownersIn(await ask({ type: 'text', message, ...initial, validate: judge(ownersIn) }));
}

function ownersIn(text: string): GivenRetrofit {
  const [owner = '', secondOwner, ...more] = text.split(/[\s,]+/).filter(Boolean);
  if (more.length > 0 || owner === secondOwner)
    throw new KnownError({ code: 'bad-value', what: 'Name one person, or two different ones.' });
  return { owner: person(owner), ...(secondOwner !== undefined && { secondOwner: person(secondOwner) }) };
}

async function askData(): Promise<NonNullable<GivenRetrofit['data']>> {
  const options = choices.data.map((value) => ({
    title: value,
    description: meanings['--data']?.[value] ?? '',
    value,
  }));
  const value = await ask({
    type: 'select',
    message: 'How delicate is its data?',
    choices: options,
    initial: 1,
    hint: 'arrows, then Enter',
  });
  return choices.data.find((one) => one === value) ?? 'internal';
}

async function askAuth(): Promise<'password' | 'oidc'> {
  const value = await ask({
    type: 'select',
    message: 'How do its users sign in?',
    choices: [
      { title: 'with a password of this app', value: 'password' },
      { title: 'at the sign-in service of the company (OpenID Connect)', value: 'oidc' },
    ],
    hint: 'arrows, then Enter',
  });
  return value === 'oidc' ? 'oidc' : 'password';
}

/** Shows what the table would say, and lets people change it. What somebody opens needs a reason. */
async function askOpen(given: GivenRetrofit, about: About): Promise<Pick<GivenRetrofit, 'open' | 'close'>> {
  const entries = entriesFor(given, about).filter(({ kind }) => kind !== 'kept');
  if (entries.length === 0) return {};
  const { default: prompts } = await import('prompts');
  const { keys } = (await prompts({
    type: 'multiselect',
    name: 'keys',
    message: `${entries.length} routes exist. Which may anybody call, without signing in?`,
    choices: entries.map(({ key, kind, why }) => ({
      title: `${key}  (${why})`,
      value: key,
      selected: kind === 'open',
    })),
    instructions: false,
    hint: 'space changes one, Enter goes on',
  })) as { keys?: string[] };
  if (!keys) throw new KnownError({ code: 'interrupted', what: 'Stopped. Nothing was written.' });
  const open = new Map<string, string>();
  for (const { key, kind } of entries) {
    if (!keys.includes(key) || kind === 'open') continue;
    const reason = await ask({ type: 'text', message: `Why may anybody call ${key}?`, validate: isReason });
    open.set(key, reason.trim());
  }
  const close = new Set(entries.flatMap(({ key, kind }) => (kind === 'open' && !keys.includes(key) ? [key] : [])));
  return { open, close };
}

function isReason(text: string): true | string {
  return text.trim().length > 2 || 'A reason is needed: whoever reviews it reads it.';
}
