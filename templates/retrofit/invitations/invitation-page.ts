// The page behind an invitation link, on which the invited choose a password.
import { addresses } from './addresses.ts';
import type { Answer } from './call.ts';
import { alertOf, escaped, pageAnswer } from './page.ts';

/** The token stands behind the # of the address, where only the page itself can read it. */
const script = "document.querySelector('[name=token]').value ||= location.hash.slice(1);";

/** The form; after a failed attempt with what was wrong, and the token once more. */
export function invitationPage(wrong?: {
  readonly status: number;
  readonly text: string;
  readonly token: string;
}): Answer {
  const content = `<p>You are invited to use this app.</p>
${alertOf(wrong?.text)}<form method="post" action="${addresses.invitation}">
<label for="password">Password, at least 12 characters</label>
<input id="password" name="password" type="password" minlength="12" maxlength="128" autocomplete="new-password" required autofocus>
<input type="hidden" name="token" value="${escaped(wrong?.token ?? '')}">
<button>Save and sign in</button>
</form>
<noscript><p>This page needs JavaScript.</p></noscript>`;
  return pageAnswer({ status: wrong?.status ?? 200, title: 'Choose a password', content, script });
}
