import { draftGuards } from '../../retrofit/guards.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import { draftSpending } from '../../retrofit/spending/draft-spending.ts';

export default defineRetrofit({
  id: 'security',
  retrofit(scene, draft) {
    draftGuards(scene, draft, 'security');
    draftSpending(scene, draft);
  },
});
