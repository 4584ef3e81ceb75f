// Nobody can sign up: a person becomes a user only when somebody with access to the server runs `npm run user:add`.
import type { App } from './framework.ts';

/** Who may become a user. Changing it means replacing this file, which the code owners see. */
export const signUp = 'closed';

/** Adds no route at all: what is not there cannot be left open. */
export function signUpRoutes(_app: App): void {}
