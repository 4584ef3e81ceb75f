import { Browser } from './oidc-browser.ts';
import type { Manners, Stub } from './oidc-stub.ts';
import type { Heard, Started } from './prototype.ts';

/** Begins to sign in; the path to come back to, with a code and the right state unless more is said. */
export async function begin(
  service: Stub,
  browser: Browser,
  path = '/sign-in',
  more: Record<string, string> = {},
): Promise<string> {
  const sent = await browser.open(path);
  if (sent.status !== 302) throw new Error(`${path} answered ${sent.status}: ${sent.body}`);
  service.begun = new URL(sent.headers.location ?? '').searchParams;
  const query = { code: 'a-code', state: service.begun.get('state') ?? '', ...more };
  return `/sign-in/callback?${new URLSearchParams(query)}`;
}

/** Signs somebody in at a service with such manners; the answer is the one to the way back. */
export async function signIn(
  service: Stub,
  app: Started,
  manners: Manners = {},
): Promise<{ browser: Browser; answer: Heard }> {
  const browser = new Browser(app);
  const back = await begin(service, browser);
  service.manners = manners;
  return { browser, answer: await browser.open(back) };
}

/** Who the app thinks is there; the status where it is nobody. */
export async function whoIs(browser: Browser): Promise<unknown> {
  const { status, body } = await browser.send('GET /auth/me');
  return status === 200 ? JSON.parse(body) : status;
}
