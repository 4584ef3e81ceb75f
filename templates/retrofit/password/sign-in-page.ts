// The page on which people sign in: plain HTML that needs no script and loads nothing from anywhere.
import { createHash } from 'node:crypto';
import type { Answer } from './call.ts';

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; display: grid; place-items: center; min-height: 100vh; background: #f4f5f7; color: #1d2330; }
  form { background: #fff; padding: 2rem; border-radius: 12px; width: min(22rem, 86vw); box-shadow: 0 1px 3px #0003; }
  h1 { font-size: 1.3rem; margin: 0 0 1rem; }
  label { display: block; margin: 0 0 1rem; }
  input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; border: 1px solid #8a93a5; border-radius: 6px; }
  button { font: inherit; width: 100%; padding: .6rem; border: 0; border-radius: 6px; background: #1f4fbf; color: #fff; cursor: pointer; }
  [role='alert'] { color: #a3161a; margin: 0 0 1rem; }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** The page; `next` is where to go afterwards, `wrong` what was not right about the last attempt. */
export function signInPageAnswer(next: string, wrong?: { readonly status: number; readonly text: string }): Answer {
  const alert = wrong ? `<p role="alert">${escaped(wrong.text)}</p>` : '';
  const body = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Sign in</title>
  <style>${style}</style>
  <form method="post" action="/sign-in">
    <h1>Sign in</h1>
    ${alert}
    <label>E-mail <input name="email" type="email" autocomplete="username" required autofocus></label>
    <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
    <input type="hidden" name="next" value="${escaped(next)}">
    <button>Sign in</button>
  </form>
</html>
`;
  return { status: wrong?.status ?? 200, body, headers };
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
};

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
