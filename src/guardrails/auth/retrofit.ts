import type { Place } from '../../repository/place.ts';
import { hasOwnSignIn } from '../../retrofit/access-of.ts';
import { draftGuards } from '../../retrofit/guards.ts';
import { ignoreEnvironment } from '../../retrofit/ignored-environment.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { draftCompanySignIn } from './company-sign-in.ts';

export default defineRetrofit({
  id: 'auth',
  retrofit(scene, draft) {
    const own = ownGuard(scene);
    if (own) return draft.keep('its own sign-in stays, and stands before every route that strangers may not call', own);
    draftGuards(scene, draft, 'auth');
    // Who may sign in, and what signs their sessions, is written into .env.
    if (scene.guards) ignoreEnvironment(scene, draft);
    if (scene.answers.auth === 'oidc') draftCompanySignIn(scene, draft);
  },
});

/** Where the project refuses strangers itself, if it does so at every route that is not for everybody: a second sign-in would only be in the way. */
function ownGuard({ repository, server, answers: { access } }: Scene): Place | undefined {
  if (!server || !hasOwnSignIn(repository, server)) return undefined;
  // Pages that answer at any address, and folders of them, are no reason for a second sign-in.
  const closed = [...access].filter(
    ([key, rule]) => !rule.startsWith('open(') && key !== 'USE /' && !key.includes('*'),
  );
  if (closed.length > 0) return undefined;
  return server.routes.flatMap(({ guard }) => (guard.state === 'refused' ? [guard.by] : []))[0];
}
