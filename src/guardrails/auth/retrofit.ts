import { draftGuards } from '../../retrofit/guards.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import { draftCompanySignIn } from './company-sign-in.ts';

export default defineRetrofit({
  id: 'auth',
  retrofit(scene, draft) {
    draftGuards(scene, draft, 'auth');
    if (scene.answers.auth === 'oidc') draftCompanySignIn(scene, draft);
  },
});
