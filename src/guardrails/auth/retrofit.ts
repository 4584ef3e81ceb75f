import { draftGuards } from '../../retrofit/guards.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';

export default defineRetrofit({
  id: 'auth',
  retrofit: (scene, draft) => draftGuards(scene, draft, 'auth'),
});
