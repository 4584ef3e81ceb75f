// The one address about users: "who am I". Signing in happens at the sign-in service that issues the tokens.
import { currentUser } from './call.ts';
import { addRoute } from './own-routes.ts';

/** Adds `GET /auth/me`. */
export function userRoutes(): void {
  addRoute('GET /auth/me', () => ({ status: 200, headers: { 'cache-control': 'no-store' }, body: currentUser() }));
}
