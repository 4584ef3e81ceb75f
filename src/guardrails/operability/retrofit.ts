import { draftGuards } from '../../retrofit/guards.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';

export default defineRetrofit({
  id: 'operability',
  retrofit: (scene, draft) => draftGuards(scene, draft, 'operability'),
});
