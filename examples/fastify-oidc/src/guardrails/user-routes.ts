// The one address about users: "who am I". Signing in happens at the sign-in service that issues the tokens.
import { currentUser } from './call.ts';
import { addRoute, type App } from './framework.ts';

/** Adds `GET /auth/me` to the app. */
export function userRoutes(app: App): void {
  addRoute(app, 'GET', '/auth/me', () => ({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: currentUser(),
  }));
}
