import { draftGuards } from '../../retrofit/guards.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import { spendingRoutesOf } from '../../retrofit/spending/spending-routes.ts';

export default defineRetrofit({
  id: 'security',
  retrofit(scene, draft) {
    draftGuards(scene, draft, 'security');
    const spends = scene.server && spendingRoutesOf(scene.repository, scene.server).length > 0;
    if (spends) draftGuards(scene, draft, 'spending');
  },
});
