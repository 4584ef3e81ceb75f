import { draftGuards } from '../../retrofit/guards.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';

export default defineRetrofit({
  id: 'security',
  retrofit: (scene, draft) => draftGuards(scene, draft, 'security'),
});
