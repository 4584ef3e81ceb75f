// The few pages of signing in and out: plain HTML that needs no script and loads nothing from anywhere.
import { createHash } from 'node:crypto';
import type { Answer } from './call.ts';

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; display: grid; place-items: center; min-height: 100vh; background: #f4f5f7; color: #1d2330; }
  main { background: #fff; padding: 2rem; border-radius: 12px; width: min(24rem, 86vw); box-shadow: 0 1px 3px #0003; }
  h1 { font-size: 1.3rem; margin: 0 0 1rem; }
  p { margin: 0 0 1rem; }
  a, button { display: block; box-sizing: border-box; font: inherit; width: 100%; padding: .6rem; border: 0; border-radius: 6px; background: #1f4fbf; color: #fff; text-align: center; text-decoration: none; cursor: pointer; }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** What somebody can do on a page: go to signing in, or sign out. */
type Choice = 'sign in' | 'sign out';

const choices: Readonly<Record<Choice, (label: string) => string>> = {
  'sign in': (label) => `<a href="/sign-in">${label}</a>`,
  'sign out': (label) => `<form method="post" action="/sign-out"><button>${label}</button></form>`,
};

/** The answer when the sign-in service cannot be reached. */
export function unavailablePage(): Answer {
  const text = 'The sign-in service of your company does not answer. Nothing is lost; try again in a minute.';
  return page(503, 'Signing in is not possible now', text, ['sign in', 'Try again']);
}

/** The answer when nobody knows how this browser got here: it was sent long ago, or by somebody else. */
export function startAgainPage(): Answer {
  const text = 'This took too long, was begun in another window, or this browser keeps no cookies.';
  return page(400, 'Please sign in again', text, ['sign in', 'Sign in']);
}

/** The answer when the sign-in service has not said who somebody is. */
export function refusalPage(reason: string, code: unknown): Answer {
  if (reason === 'invalid_grant') return startAgainPage();
  if (code !== 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') return unavailablePage();
  const text = `The sign-in service of your company did not let you in (${reason.replaceAll(/\W+/g, ' ').trim()}).`;
  return page(403, 'You are not signed in', text, ['sign in', 'Try again']);
}

/** Where one signs out, or has done so. */
export function signOutPage(name: string | undefined): Answer {
  if (name === undefined)
    return page(200, 'You are signed out', 'Close the window, or sign in again.', ['sign in', 'Sign in']);
  return page(200, 'Sign out', `You are signed in as ${name}.`, ['sign out', 'Sign out']);
}

function page(status: number, title: string, text: string, [choice, label]: readonly [Choice, string]): Answer {
  const body = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${title}</title>
  <style>${style}</style>
  <main>
    <h1>${title}</h1>
    <p>${escaped(text)}</p>
    ${choices[choice](label)}
  </main>
</html>
`;
  return { status, body, headers };
}

// Signing out leads on to the sign-in service: forms may go elsewhere from here.
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`,
};

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
