// What the pages of signing in have in common: plain HTML that loads nothing from anywhere, for every screen, light or dark.
'use strict';

const { createHash } = require('node:crypto');

const style = `
:root { color-scheme: light dark; --page: #f3f4f7; --card: #fff; --text: #1b2130; --quiet: #586174; --line: #868fa1; --main: #1d4fc4; --on-main: #fff; --bad: #a5161b; --bad-page: #fdeeee; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171e; --card: #1e222c; --text: #eceef3; --quiet: #a7aebd; --line: #6d7689; --main: #8db0ff; --on-main: #0d1a3a; --bad: #ffb3b0; --bad-page: #3c2024; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--card); border-radius: 1rem; box-shadow: 0 1px 2px #0002, 0 8px 24px #0001; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 1.5rem 0 .75rem; font-size: 1.125rem; }
p { margin: 0 0 1.25rem; color: var(--quiet); overflow-wrap: anywhere; }
label { display: block; margin: 0 0 .25rem; font-weight: 600; }
input { display: block; width: 100%; margin: 0 0 1rem; padding: .625rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; }
button, .button { display: block; width: 100%; margin: .5rem 0 0; padding: .75rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; color: var(--on-main); background: var(--main); border: 0; border-radius: .5rem; cursor: pointer; }
button.quiet { color: inherit; background: transparent; border: 1px solid var(--line); font-weight: 400; }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
[role='alert'] { padding: .625rem .75rem; color: var(--bad); background: var(--bad-page); border-radius: .5rem; }
`;

/** The page as an answer that nobody keeps and no other page can frame. */
function pageAnswer({ status = 200, title, content, script, leadsOn = false }) {
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${content}
</main>
${script === undefined ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
  const scripts = script === undefined ? '' : `script-src ${hashOf(script)}; `;
  const forms = leadsOn ? '' : "form-action 'self'; ";
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; ${scripts}style-src ${hashOf(style)}; ${forms}frame-ancestors 'none'; base-uri 'none'`,
    'referrer-policy': 'same-origin',
  };
  return { status, body, headers };
}

/** What went wrong, read out by screen readers as soon as the page is there; nothing when nothing did. */
function alertOf(text) {
  return text === undefined ? '' : `<p role="alert">${escaped(text)}</p>\n`;
}

/** A text as it may stand in HTML, also between double quotes. */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function hashOf(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

module.exports = { pageAnswer, alertOf, escaped };
