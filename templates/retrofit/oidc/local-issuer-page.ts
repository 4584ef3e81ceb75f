// The page of the sign-in service of this machine: one picks who to be, as nobody has a password here.
import { createHash } from 'node:crypto';
import { access } from './access.ts';
import type { LocalPerson } from './local-issuer-tokens.ts';

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; padding: 2rem 0; box-sizing: border-box; display: grid; place-items: center; min-height: 100vh; background: #f4f5f7; color: #1d2330; }
  main { background: #fff; padding: 2rem; border-radius: 12px; width: min(26rem, 86vw); box-shadow: 0 1px 3px #0003; }
  h1 { font-size: 1.3rem; margin: 0 0 .5rem; }
  h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
  p { margin: 0 0 1rem; color: #4a5365; }
  ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
  label { display: block; margin: 0 0 1rem; }
  input, button { display: block; box-sizing: border-box; width: 100%; font: inherit; padding: .6rem; border-radius: 6px; border: 1px solid #8a93a5; background: #fff; color: inherit; }
  button { cursor: pointer; display: flex; justify-content: space-between; gap: 1rem; text-align: left; }
  button:hover, button:focus-visible { background: #eaf0ff; border-color: #1f4fbf; }
  button small { color: #4a5365; }
  button.main { justify-content: center; background: #1f4fbf; border-color: #1f4fbf; color: #fff; }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** Two people without a role, and one for each role that guardrails/access asks for. */
const roles = Object.values(access).flatMap((rule) => (typeof rule === 'object' && 'anyOf' in rule ? rule.anyOf : []));
const people: readonly LocalPerson[] = [
  ...['anna', 'ben'].map((name) => ({ email: `${name}@example.com`, roles: [] })),
  ...[...new Set(roles)].map((role) => ({ email: `${role}@example.com`, roles: [role] })),
];

/** The page, for the app that has sent the browser here. */
export function peoplePage(app: string): { headers: Record<string, string>; text: string } {
  const text = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Who do you want to be?</title>
  <style>${style}</style>
  <main>
    <h1>Who do you want to be?</h1>
    <p>You are signing in to ${escaped(app)}. This page stands in for the sign-in of your company, on this machine only; nobody has a password here.</p>
    <ul>
${people.map(itemFor).join('\n')}
    </ul>
    <h2>Somebody else</h2>
    <form method="post">
      <label>E-mail <input name="email" type="email" autocomplete="off" required></label>
      <label>Roles, if any, with spaces between <input name="roles" autocomplete="off"></label>
      <button class="main">Sign in</button>
    </form>
  </main>
</html>
`;
  return { headers, text };
}

/** Who was chosen, in the fields `email` and `roles`. Throws without an e-mail address. */
export function chosenPerson(fields: URLSearchParams): LocalPerson {
  const email = (fields.get('email') ?? '').trim();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Error('email is missing');
  return { email, roles: (fields.get('roles') ?? '').split(/[\s,]+/).filter(Boolean) };
}

function itemFor({ email, roles: own }: LocalPerson): string {
  const fields = Object.entries({ email, roles: own.join(' ') })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
    .join('');
  const about = own.length > 0 ? `role ${own.join(', ')}` : 'no role';
  return `      <li><form method="post">${fields}<button>${escaped(email)} <small>${escaped(about)}</small></button></form></li>`;
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`,
};

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
