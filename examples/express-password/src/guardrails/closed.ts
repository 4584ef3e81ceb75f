// The emergency stop: with APP_CLOSED=1 the app answers nothing but /livez, and tells everybody whom to ask.
import { type Layer, problem } from './call.ts';
import { config } from './config.ts';
import { lifecycle } from './lifecycle.ts';

/** Refuses every request while the app is closed; whoever runs it still sees that it is alive. */
export const closed: Layer = {
  name: 'closed',
  before({ req }) {
    if (config.APP_CLOSED === '0' || req.url?.split('?')[0] === '/livez') return undefined;
    return problem(503, `This service is closed. Ask ${lifecycle.owner}.`);
  },
};
