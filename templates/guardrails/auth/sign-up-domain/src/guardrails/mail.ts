// Sends mail through one address of your mail service; on a developer's machine without one it is printed instead.
import { config } from './config.ts';

const { MAIL_WEBHOOK_URL: url, MAIL_WEBHOOK_TOKEN: token, NODE_ENV: environment } = config;
const timeout = 5000;

if (environment === 'production' && !(url && token)) {
  throw new Error('People sign up by mail, so set MAIL_WEBHOOK_URL and MAIL_WEBHOOK_TOKEN before starting');
}

/** One message in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands a message to the mail service as JSON `{ to, subject, text }`. Throws when it is not accepted within 5 seconds. */
export async function sendMail(mail: Mail): Promise<void> {
  if (!url) return printMail(mail);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(mail),
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  });
  if (!response.ok) throw new Error(`the mail service answered ${response.status}`);
}

function printMail({ to, subject, text }: Mail): void {
  process.stdout.write(`Mail to ${to}: ${subject}\n${text}\n`);
}
