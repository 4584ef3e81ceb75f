// The pages on which people sign in and out.
import { addresses } from './addresses.mjs';
import { alertOf, escaped, pageAnswer } from './page.mjs';

/** The form; `next` is where to go afterwards. */
export function signInPageAnswer(next, attempt) {
  const [email, password] = attempt ? ['', ' autofocus'] : [' autofocus', ''];
  const content = `<p>You need an account for this app.</p>
${alertOf(attempt?.text)}<form method="post" action="${addresses.signIn}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" value="${escaped(attempt?.email ?? '')}" required${email}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required${password}>
<input type="hidden" name="next" value="${escaped(next)}">
<button>Sign in</button>
</form>`;
  return pageAnswer({ status: attempt?.status ?? 200, title: 'Sign in', content });
}

/** For whoever is signed in already. */
export function signedInPage({ email, id }, next) {
  const content = `<p>As ${escaped(email ?? id)}.</p>
<a class="button" href="${escaped(next)}">Go to the app</a>
<form method="post" action="${addresses.signOut}"><button>Sign out</button></form>`;
  return pageAnswer({ title: 'You are signed in', content });
}

/** For whoever is not, or not any more. */
export function signedOutPage() {
  const content = `<p>Close the window, or sign in again.</p>
<a class="button" href="${addresses.signIn}">Sign in</a>`;
  return pageAnswer({ title: 'You are signed out', content });
}
