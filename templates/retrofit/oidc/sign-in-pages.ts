// What people read when they sign out, or when signing in does not work: what has happened, and what they can do.
import { addresses } from './addresses.ts';
import type { Answer } from './call.ts';
import { escaped, pageAnswer } from './page.ts';

/** The answer when the sign-in service cannot be reached, or does not accept this app. */
export function unavailablePage(): Answer {
  const text = `The sign-in service of your company does not answer as it should. Try again in a minute; whoever runs this app finds the reason in its log.`;
  return page(503, 'Signing in is not possible now', text, 'Try again');
}

/** The answer when nobody knows how this browser got here: it was sent long ago, or by somebody else. */
export function startAgainPage(): Answer {
  const text = 'This took too long, was begun in another window, or this browser keeps no cookies.';
  return page(400, 'Please sign in again', text, 'Sign in');
}

/** The answer when the sign-in service has not said who somebody is. */
export function refusalPage(reason: string, code: unknown): Answer {
  if (reason === 'invalid_grant') return startAgainPage();
  if (code !== 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') return unavailablePage();
  const text = `The sign-in service of your company did not let you in (${reason.replaceAll(/\W+/g, ' ').trim()}).`;
  return page(403, 'You are not signed in', text, 'Try again');
}

/** The answer to somebody whom the sign-in service knows, and this app does not want. */
export function unwelcomePage(): Answer {
  const text = 'This app is for people with another e-mail address. Sign in with that one.';
  return page(403, 'You are not signed in', text, 'Sign in again');
}

/** Where one signs out, or has done so. */
export function signOutPage(name: string | undefined): Answer {
  if (name === undefined) return page(200, 'You are signed out', 'Close the window, or sign in again.', 'Sign in');
  const content = `<p>You are signed in as ${escaped(name)}.</p>
<form method="post" action="${addresses.signOut}"><button>Sign out</button></form>`;
  return pageAnswer({ title: 'Sign out', content, leadsOn: true });
}

function page(status: number, title: string, text: string, label: string): Answer {
  const content = `<p>${escaped(text)}</p>
<a class="button" href="${addresses.signIn}">${label}</a>`;
  return pageAnswer({ status, title, content });
}
