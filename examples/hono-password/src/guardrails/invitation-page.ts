// The page behind an invitation link: it asks for a password and loads nothing from anywhere.
import { createHash } from 'node:crypto';
import type { Answer } from './call.ts';

const style =
  'body{font:1.1rem system-ui;max-width:24rem;margin:15vh auto;padding:1rem}input,button{font:inherit;width:100%;padding:.5rem;margin:.5rem 0;box-sizing:border-box}';

const script = `
const form = document.querySelector('form'), says = document.querySelector('output');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const sent = { token: location.hash.slice(1), password: form.elements.password.value };
  const response = await fetch(location.pathname, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent),
  });
  const { title } = await response.json();
  says.textContent = response.ok ? 'Done. You can sign in now.' : title;
  form.hidden = response.ok;
});`;

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Choose a password</title>
<style>${style}</style>
<h1>Choose a password</h1>
<form><label>At least 12 characters
<input name="password" type="password" minlength="12" maxlength="128" autocomplete="new-password" required></label>
<button>Save</button></form>
<output></output>
<noscript>This page needs JavaScript.</noscript>
<script>${script}</script>
</html>
`;

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; script-src ${sha256(script)}; style-src ${sha256(style)}; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Answers with the page; the same bytes for everybody, since the token never leaves the browser's address bar. */
export function invitationPage(): Answer {
  return { status: 200, body: page, headers };
}
