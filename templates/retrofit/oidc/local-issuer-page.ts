// The page of the sign-in service of this machine: one picks who to be, as nobody has a password here.
import { access } from './access.ts';
import type { Answer } from './call.ts';
import type { LocalPerson } from './local-issuer-tokens.ts';
import { escaped, pageAnswer } from './page.ts';

/** Two people without a role, and one for each role that guardrails/access asks for. */
const roles = Object.values(access).flatMap((rule) => (typeof rule === 'object' && 'anyOf' in rule ? rule.anyOf : []));
const people: readonly LocalPerson[] = [
  ...['anna', 'ben'].map((name) => ({ email: `${name}@example.com`, roles: [] })),
  ...[...new Set(roles)].map((role) => ({ email: `${role}@example.com`, roles: [role] })),
];

/** The page, for the app that has sent the browser here. */
export function peoplePage(app: string): Answer {
  const content = `<p>You are signing in to ${escaped(app)}. This page stands in for the sign-in of your company, on this machine only; nobody has a password here.</p>
${people.map(itemFor).join('\n')}
<h2>Somebody else</h2>
<form method="post">
<label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="off" required>
<label for="roles">Roles, if any, with spaces between</label><input id="roles" name="roles" autocomplete="off">
<button>Sign in</button>
</form>`;
  return pageAnswer({ title: 'Pick who you are', content, leadsOn: true });
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
  return `<form method="post">${fields}<button class="quiet">${escaped(email)} (${escaped(about)})</button></form>`;
}
